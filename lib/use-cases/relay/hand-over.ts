import { setTimeout as delay } from 'node:timers/promises';
import type { Emitter } from '../../events/emitter';
import type { FeedItem } from '../../store/outbox';
import type { Destination } from './destination';

const mostWaiting = 10_000;
// What is only in memory is not kept for days: it makes room for what comes after it.
const pauses = [1_000, 5_000];

/** Hands entries to a sink that is not durable, from memory and behind the request's back. */
export class HandOver {
  readonly #destination: Destination;
  readonly #events: Emitter;
  readonly #closing: AbortSignal;
  readonly #cut: AbortSignal;
  #waiting: FeedItem[] = [];
  #dropped = 0;
  #isDropping = false;
  #working: Promise<void> | undefined;

  /** `closing`: no more pauses. `cut`: no more calls. */
  constructor(destination: Destination, events: Emitter, closing: AbortSignal, cut: AbortSignal) {
    this.#destination = destination;
    this.#events = events;
    this.#closing = closing;
    this.#cut = cut;
  }

  /** Never throws, and does not call the sink: that comes after what the caller does at once. */
  add(item: FeedItem): void {
    this.#waiting.push(item);
    if (this.#waiting.length > mostWaiting) {
      this.#waiting.shift();
      this.#dropped += 1;
      // The first at once, the others together after the call under way: an event for each would be a flood of its own.
      if (!this.#isDropping) this.#tellDropped();
      this.#isDropping = true;
    }
    this.#working ??= this.#work();
  }

  /** Resolves when nothing waits any more. */
  async settled(): Promise<void> {
    await this.#working;
  }

  async #work(): Promise<void> {
    await Promise.resolve();
    while (this.#waiting.length > 0 && !this.#cut.aborted) {
      await this.#deliver(this.#waiting.splice(0, this.#destination.batch));
      if (this.#dropped > 0) this.#tellDropped();
      this.#isDropping = false;
    }
    this.#working = undefined;
  }

  async #deliver(items: readonly FeedItem[]): Promise<void> {
    let left = items;
    for (let failures = 0; left.length > 0; failures += 1) {
      const pause = this.#closing.aborted ? undefined : pauses[failures];
      left = await this.#attempt(left, pause === undefined);
      if (left.length === 0 || pause === undefined) return;
      await delay(pause, undefined, { ref: false, signal: this.#closing }).catch(() => undefined);
    }
  }

  /** Gives what is to be tried again. */
  async #attempt(items: readonly FeedItem[], isLast: boolean): Promise<readonly FeedItem[]> {
    try {
      const failed = new Map((await this.#destination.deliver(items, this.#cut)).map((one) => [one.id, one]));
      if (failed.size === 0) return [];
      const again = items.filter(({ entry }) => failed.has(entry.id) && failed.get(entry.id)?.final !== true);
      this.#fail(new Error([...failed.values()][0]!.because), isLast || again.length === 0);
      return again;
    } catch (error) {
      this.#fail(error, isLast);
      return items;
    }
  }

  #fail(error: unknown, final: boolean): void {
    this.#events.emit('audit.sink-failed', { sink: this.#destination.name, error, final });
  }

  #tellDropped(): void {
    this.#events.emit('audit.entry-dropped', { sink: this.#destination.name, count: this.#dropped });
    this.#dropped = 0;
  }
}
