import { SessionError } from '../../domain/error';
import { readAudit } from '../../options/audit';
import type { SessionStore } from '../../store/session-store';
import type { AuditRules } from '../audit';
import type { Context } from '../context';
import { Timekeeper } from '../timekeeper';

/** Where failures are counted, on its own clock. */
export interface Backend {
  readonly settings: AuditRules;
  readonly store: SessionStore;
  readonly time: Timekeeper;
}

/** Counts in the store, and where that does not answer perhaps in the memory of this process. */
export class Tally {
  readonly #context: Context;
  readonly #openMemory: () => SessionStore;
  #memory: Backend | undefined;
  /** The store has failed, it has been told, and it has not answered since. */
  #isOut = false;

  constructor(context: Context, openMemory: () => SessionStore) {
    this.#context = context;
    this.#openMemory = openMemory;
  }

  /** @throws SessionError `store_unavailable`, unless counting goes on in memory */
  async run<Result>(work: (backend: Backend) => Promise<Result>): Promise<Result> {
    const { settings, closing } = this.#context;
    try {
      return await this.#inStore(work);
    } catch (error) {
      const isRefused = settings.lockout.whenUnavailable === 'refuse' || closing.signal.aborted;
      if (isRefused || !isOutage(error)) throw error;
      this.#tell(error);
    }
    return work((this.#memory ??= this.#openBackend()));
  }

  /** The same, and then wherever failures were counted while the store did not answer: what is forgotten is forgotten there too. */
  async everywhere<Result>(work: (backend: Backend) => Promise<Result>): Promise<Result[]> {
    const result = await this.run(work);
    return this.#memory ? [result, await work(this.#memory)] : [result];
  }

  async #inStore<Result>(work: (backend: Backend) => Promise<Result>): Promise<Result> {
    const result = await work(this.#context);
    this.#isOut = false;
    return result;
  }

  #tell(error: unknown): void {
    const isKnown = this.#isOut;
    this.#isOut ||= isOutage(error);
    if (isKnown && isOutage(error)) return;
    this.#context.events.emit('background.failed', { operation: 'lockout', error, final: true });
  }

  #openBackend(): Backend {
    const { settings, closing } = this.#context;
    const store = this.#openMemory();
    closing.signal.addEventListener('abort', () => void store.close(), { once: true });
    // Nobody relays what is in memory alone.
    const rules: AuditRules = { audit: readAudit({}), privacy: settings.privacy };
    return { settings: rules, store, time: new Timekeeper(store, settings.clock) };
  }
}

function isOutage(error: unknown): boolean {
  return error instanceof SessionError && error.code === 'store_unavailable';
}
