import type { Emitter } from '../../events/emitter';
import type { SessionStore } from '../../store/session-store';
import type { Timekeeper } from '../timekeeper';

export const hourMilliseconds = 3_600_000;
/** So much is lost with a process that crashes. */
export const flushMilliseconds = 10_000;

// While the store is away: those before are older than anybody asks for.
const mostHours = 24;

/** Counts sign-ins by the hour, and adds them to the store's counts now and then: a sign-in waits for none of it. */
export class SignInTally {
  readonly #store: SessionStore;
  readonly #time: Timekeeper;
  readonly #events: Emitter;
  #counts = new Map<number, number>();
  #timer: NodeJS.Timeout | undefined;
  #isFailing = false;
  #isClosed = false;

  constructor(store: SessionStore, time: Timekeeper, events: Emitter) {
    this.#store = store;
    this.#time = time;
    this.#events = events;
    events.on('session.created', ({ session }) => this.#count(Date.parse(session.createdAt)));
  }

  /** Adds what was counted so far; what the store does not take is kept for the next time. Never throws. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const counts = this.#counts;
    this.#counts = new Map();
    for (const [hour, count] of counts) {
      try {
        const { at, notAfter } = await this.#time.stamp();
        await this.#store.tallySignIns({ at, notAfter, hour, count });
        this.#isFailing = false;
      } catch (error) {
        this.#add(hour, count);
        this.#tell(error);
      }
    }
  }

  /** The last time: nothing is kept for later. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.flush();
  }

  #count(createdAt: number): void {
    this.#add(Math.floor(createdAt / hourMilliseconds) * hourMilliseconds, 1);
  }

  #add(hour: number, count: number): void {
    this.#counts.set(hour, (this.#counts.get(hour) ?? 0) + count);
    const [oldest] = [...this.#counts.keys()].sort((one, other) => one - other);
    if (this.#counts.size > mostHours && oldest !== undefined) this.#counts.delete(oldest);
    if (this.#isClosed) return;
    this.#timer ??= setTimeout(() => void this.flush(), flushMilliseconds).unref();
  }

  /** Once an outage. */
  #tell(error: unknown): void {
    if (!this.#isFailing)
      this.#events.emit('background.failed', { operation: 'sign-in-tally', error, final: false });
    this.#isFailing = true;
  }
}
