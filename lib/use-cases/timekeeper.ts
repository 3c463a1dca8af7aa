import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../domain/clock';
import type { Write } from '../store/commands';
import type { SessionStore } from '../store/session-store';
import { mintAttempt } from '../tokens/mint';

/** The one clock: the store's, unless a test brings its own. */
export class Timekeeper {
  readonly #store: SessionStore;
  readonly #clock: Clock | undefined;
  #certain = -Infinity;

  constructor(store: SessionStore, clock: Clock | undefined) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Milliseconds; a promise only until the store's clock is known. */
  at(): number | Promise<number> {
    return this.#clock ? this.#clock() : this.#store.now();
  }

  /** What ages are measured by: not set back when the store's clock is. A test's own clock serves for both. */
  readonly monotonic = (): number => (this.#clock ? this.#clock() : performance.now());

  errorMilliseconds(): number {
    return this.#clock ? 0 : this.#store.clockErrorMilliseconds();
  }

  /** An instant that has certainly passed on the store's clock: what a sign-in takes for its beginning. */
  async now(): Promise<number> {
    const at = await this.at();
    const certain = at - this.errorMilliseconds();
    // It stays so though a later measurement is less sure. Only a clock that was set back begins anew.
    this.#certain = this.#certain <= at ? Math.max(this.#certain, certain) : certain;
    return this.#certain;
  }

  /** An instant that has certainly not passed yet on the store's clock: what an age is measured to, so that none is too low. */
  async latest(): Promise<number> {
    return (await this.at()) + this.errorMilliseconds();
  }

  /** What a write carries. */
  async stamp(): Promise<Write> {
    const { storeNow, notAfter } = await this.#limits();
    return { attempt: mintAttempt(), at: this.#clock ? this.#clock() : storeNow, notAfter };
  }

  /** The instant at which a write issued now is given up, on the store's own clock. */
  async notAfter(): Promise<number> {
    return (await this.#limits()).notAfter;
  }

  async #limits(): Promise<{ readonly storeNow: number; readonly notAfter: number }> {
    const now = this.#store.now();
    const asked = performance.now();
    const storeNow = await now;
    // To learn the time and to write share one deadline.
    const spent = typeof now === 'number' ? 0 : Math.ceil(performance.now() - asked);
    // Less the clock's error: what arrives after its caller was told of a failure must not happen.
    const left = this.#store.deadlineMilliseconds - spent - this.#store.clockErrorMilliseconds();
    return { storeNow, notAfter: storeNow + left };
  }

  /**
   * Resolves once this process' `now()` lies past an instant: an epoch becomes the past before anyone is told of it, so a
   * sign-in that begins here after `revokeAll` resolved is never taken for one that began before. A few milliseconds.
   */
  async waitUntilPast(instant: number): Promise<void> {
    if (this.#clock) return; // a test's time moves by itself
    // A clock that is set back meanwhile must not hold up the answer: what had to be stored is stored.
    let left = this.#store.deadlineMilliseconds;
    for (;;) {
      const wait = Math.min(instant + 1 - (await this.now()), left);
      if (wait <= 0) return;
      await delay(wait);
      // Again: timers fire early by up to a millisecond, and the error grows until it is measured anew.
      left -= wait;
    }
  }
}
