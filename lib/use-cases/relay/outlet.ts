import type { DeliveryFailure } from '../../domain/audit-sink';
import type { Emitter } from '../../events/emitter';
import { pauseBeforeDelivery } from '../../policies/delivery-schedule';
import type { Letter } from '../../store/outbox';
import { becauseGiven, becauseOf } from './because';
import type { Destination } from './destination';
import { Rest } from './rest';
import { TimedOut } from './within-time';

// Whatever a sink asks for.
const longestWait = 24 * 3_600_000;

/** A letter that a sink has not got. */
export interface Undelivered {
  readonly letter: Letter;
  readonly sink: string;
  /** null: given up. */
  readonly pause: number | null;
  readonly because: string;
  /** Whether this counts as a failure more. */
  readonly counts: boolean;
}

interface OutletParts {
  readonly events: Emitter;
  readonly monotonic: () => number;
  /** Aborted when nothing new is to be begun. */
  readonly closing: AbortSignal;
}

/** A durable sink, and how it has fared of late in this process. */
export class Outlet {
  readonly #destination: Destination;
  readonly #parts: OutletParts;
  readonly #rest: Rest;

  constructor(destination: Destination, parts: OutletParts) {
    this.#destination = destination;
    this.#parts = parts;
    this.#rest = new Rest(parts.monotonic);
  }

  /** Delivers in order. Gives what the sink has not got; never rejects. `cut` ends the call under way. */
  async deliver(letters: readonly Letter[], cut: AbortSignal): Promise<readonly Undelivered[]> {
    const undelivered: Undelivered[] = [];
    for (const batch of this.#batches(letters)) {
      if (cut.aborted || this.#parts.closing.aborted) undelivered.push(...batch.map((letter) => this.#put(letter)));
      else if (!this.#rest.mayCall()) undelivered.push(...batch.map((letter) => this.#spare(letter)));
      else undelivered.push(...(await this.#call(batch, cut)));
    }
    return undelivered;
  }

  /** What has failed comes alone: one that can never be delivered must not take others with it. */
  #batches(letters: readonly Letter[]): readonly (readonly Letter[])[] {
    const batches: Letter[][] = [];
    for (const letter of letters) {
      const last = batches.at(-1);
      const joins = last && letter.attempts === 0 && last[0]?.attempts === 0;
      if (joins && last.length < this.#destination.batch) last.push(letter);
      else batches.push([letter]);
    }
    return batches;
  }

  async #call(batch: readonly Letter[], cut: AbortSignal): Promise<readonly Undelivered[]> {
    try {
      const failures = await this.#destination.deliver(batch, cut);
      const failed = new Map(failures.map((failure) => [failure.id, failure]));
      const left = batch.filter(({ entry }) => failed.has(entry.id));
      if (left.length < batch.length || left.length === 0) this.#rest.succeeded();
      else this.#rest.failed(false);
      const undelivered = left.map((letter) => this.#judge(letter, failed.get(letter.entry.id)!));
      if (undelivered.length > 0) this.#tell(new Error(undelivered[0]!.because), undelivered);
      return undelivered;
    } catch (error) {
      // Nobody knows whether it arrived: it comes again, and counts as no failure.
      if (cut.aborted) {
        this.#rest.abandoned();
        return batch.map((letter) => this.#put(letter));
      }
      this.#rest.failed(error instanceof TimedOut);
      const because = becauseOf(error);
      const undelivered = batch.map((letter) => this.#judge(letter, { id: letter.entry.id, because }));
      this.#tell(error, undelivered);
      return undelivered;
    }
  }

  #judge(letter: Letter, failure: DeliveryFailure): Undelivered {
    const scheduled = pauseBeforeDelivery(letter.attempts + 1, Math.random());
    const { final = false, retryAfter = 0 } = failure;
    const pause = scheduled === null || final ? null : Math.max(scheduled, Math.min(retryAfter, longestWait) || 0);
    return { letter, sink: this.#destination.name, pause, because: becauseGiven(failure), counts: true };
  }

  /** The sink is being spared. It waits as if it had failed, so that waiting costs less with time, but dies of no failure that was none. */
  #spare(letter: Letter): Undelivered {
    const scheduled = pauseBeforeDelivery(letter.attempts + 1, Math.random());
    const pause = scheduled ?? pauseBeforeDelivery(letter.attempts, Math.random());
    return { ...this.#put(letter), pause, counts: scheduled !== null };
  }

  /** Back, for whoever comes next. */
  #put(letter: Letter): Undelivered {
    return { letter, sink: this.#destination.name, pause: 0, because: 'the process was closed', counts: false };
  }

  #tell(error: unknown, undelivered: readonly Undelivered[]): void {
    const final = undelivered.some(({ pause }) => pause === null);
    this.#parts.events.emit('audit.sink-failed', { sink: this.#destination.name, error, final });
  }
}
