import type { SessionRecord } from '../domain/session-record';
import type { Emitter } from '../events/emitter';
import type { SessionStore } from '../store/session-store';
import type { Timekeeper } from './timekeeper';

/**
 * Notices by what is stored that the store's clock was set back: sessions were last seen at times that are yet to come (B14).
 * Deadlines then lie further off than they should. Told once, and again only after the clock has caught up.
 */
export class ClockWatch {
  readonly #store: SessionStore;
  readonly #time: Timekeeper;
  readonly #events: Emitter;
  #toldUntil = -Infinity;

  constructor(store: SessionStore, time: Timekeeper, events: Emitter) {
    this.#store = store;
    this.#time = time;
    this.#events = events;
  }

  /** To be told of a record that was read for a reason of its own, and of the time that it was judged at. */
  note({ lastSeenAt }: SessionRecord, at: number): void {
    const ahead = lastSeenAt - at;
    if (ahead <= this.#tolerance()) return;
    const isKnown = at < this.#toldUntil;
    this.#toldUntil = Math.max(this.#toldUntil, lastSeenAt);
    if (!isKnown) this.#events.emit('store.clock-went-back', { milliseconds: ahead });
  }

  /** By how much two processes may differ: to measure the clock, none waits longer than the deadline. */
  #tolerance(): number {
    return this.#time.errorMilliseconds() + this.#store.deadlineMilliseconds;
  }
}
