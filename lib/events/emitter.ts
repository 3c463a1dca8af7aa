import { describeThrown } from '../domain/describe-thrown';
import { warnProcess } from '../domain/process-warning';
import type { SessionEventName, SessionEvents, SessionListener } from './catalogue';

/** Delivers events after the fact. Whatever a listener does, the operation that it hears of has already happened. */
export class Emitter {
  readonly #listeners = new Map<SessionEventName, Set<SessionListener<never>>>();

  /** Returns the function that removes the listener again. */
  on<Name extends SessionEventName>(name: Name, listener: SessionListener<Name>): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  emit<Name extends SessionEventName>(name: Name, event: SessionEvents[Name]): void {
    // Those of now: one that adds a listener must not keep this delivery going.
    for (const listener of [...(this.#listeners.get(name) ?? [])]) {
      // An async listener's rejection would otherwise end the process.
      void (async () => (listener as SessionListener<Name>)(event))().catch((error: unknown) => {
        warnProcess(`A listener of '${name}' failed: ${describeThrown(error)}`);
      });
    }
  }
}
