import type { Emitter } from '../../events/emitter';
import type { Outbox } from '../../store/outbox';
import { NudgedPause } from '../fleet/nudged-pause';
import type { Courier } from './courier';
import { outboxTags } from './tags';

interface RelayParts {
  readonly outbox: Outbox;
  readonly time: { at(): number | Promise<number> };
  readonly events: Emitter;
  readonly courier: Pick<Courier, 'serve'>;
}

const sweepMilliseconds = 5_000;
const firstPause = 500;
const longestPause = 30_000;
/** So many tags at a time: a sink that takes long holds up one of them. */
const mostAtOnce = 8;
const tagsAQuestion = 256;

/**
 * Brings entries from the outboxes to the sinks, behind everybody's back. Processes share the work by the leases of the tags. What this
 * process has written itself is seen to at once; a sweep every few seconds finds what others have left.
 */
export class Relay {
  readonly #parts: RelayParts;
  readonly #closing: AbortSignal;
  readonly #pause: NudgedPause;
  /** Tags in which something may be due, those that were heard of first. */
  readonly #hot = new Set<string>();
  readonly #busy = new Map<string, Promise<void>>();
  #isFailing = false;
  #fault: unknown;
  #faultPause = firstPause;

  constructor(parts: RelayParts, closing: AbortSignal) {
    this.#parts = parts;
    this.#closing = closing;
    this.#pause = new NudgedPause(closing);
  }

  /** Begins to sweep, until the manager is closed. */
  start(): void {
    void this.#sweepNowAndThen();
  }

  /** Something was written under this tag: a hint, no more. */
  nudge(tag: string): void {
    this.#hot.add(tag);
    this.#fill();
  }

  /** Resolves when all that is due now has had its attempt, as far as no other process is at it. Rejects where the store does not answer. */
  async flush(): Promise<void> {
    await this.#sweep();
    await this.idle();
    if (this.#isFailing) throw this.#fault;
  }

  /** Resolves when this process is at nothing. */
  async idle(): Promise<void> {
    while (this.#busy.size > 0) await Promise.all(this.#busy.values());
  }

  async #sweepNowAndThen(): Promise<void> {
    // Not all processes that were started together at the same instant.
    await this.#pause.of(sweepMilliseconds * Math.random());
    while (!this.#closing.aborted) {
      await this.#sweep().catch((error: unknown) => this.#fail(error));
      await this.#pause.of(
        this.#isFailing ? this.#nextFaultPause() : sweepMilliseconds * (0.8 + 0.4 * Math.random()),
      );
    }
  }

  async #sweep(): Promise<void> {
    const { outbox, time } = this.#parts;
    for (let from = 0; from < outboxTags.length && !this.#closing.aborted; from += tagsAQuestion) {
      const tags = outboxTags.slice(from, from + tagsAQuestion);
      for (const tag of await outbox.due({ tags, at: await time.at() })) this.#hot.add(tag);
      this.#isFailing = false;
      this.#fill();
    }
    this.#faultPause = firstPause;
  }

  /** As many at once as may be. While the store is away none is begun: the sweep finds out when it is back. */
  #fill(): void {
    for (const tag of this.#hot) {
      if (this.#isFailing || this.#closing.aborted || this.#busy.size >= mostAtOnce) return;
      // One that is being served is served again afterwards.
      if (this.#busy.has(tag)) continue;
      this.#hot.delete(tag);
      this.#busy.set(tag, this.#serve(tag));
    }
  }

  async #serve(tag: string): Promise<void> {
    try {
      if (await this.#parts.courier.serve(tag)) this.#hot.add(tag);
    } catch (error) {
      this.#hot.add(tag);
      this.#fail(error);
    }
    this.#busy.delete(tag);
    this.#fill();
  }

  /** Once an outage. */
  #fail(error: unknown): void {
    if (this.#closing.aborted) return;
    if (!this.#isFailing) {
      this.#parts.events.emit('background.failed', { operation: 'audit-relay', error, final: false });
    }
    this.#isFailing = true;
    this.#fault = error;
    this.#pause.end();
  }

  #nextFaultPause(): number {
    const pause = this.#faultPause * (0.8 + 0.4 * Math.random());
    this.#faultPause = Math.min(2 * this.#faultPause, longestPause);
    return pause;
  }
}
