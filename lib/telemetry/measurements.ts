import type { TelemetryMeter } from '../options/telemetry';
import { harmless } from './harmless';
import { type Instruments, openInstruments } from './instruments';

/** The labels of a measurement: always words of this library, never of callers. */
export type Labels = Record<string, string>;

type CounterName = Exclude<keyof Instruments, 'duration'>;

/** One count. */
export interface Count {
  readonly counter: CounterName;
  readonly labels: Labels;
  /** What the meter has not been told yet. */
  pending: number;
}

const tellEvery = 1_000;

/** What one manager measures. */
export class Measurements {
  readonly #openMeter: () => TelemetryMeter;
  #opened: Instruments | undefined;
  readonly #untold = new Set<Count>();
  #timer: NodeJS.Timeout | undefined;

  constructor(openMeter: () => TelemetryMeter) {
    this.#openMeter = openMeter;
  }

  /** Counts in this process, for what happens too often to be told each time: telling a meter costs as much as a cached check. */
  tally(count: Count): void {
    count.pending += 1;
    if (count.pending > 1) return;
    this.#untold.add(count);
    // Keeps no process alive: `tell` is called when the manager closes.
    this.#timer ??= setTimeout(() => this.tell(), tellEvery).unref();
  }

  /** Tells the meter what was tallied. */
  tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const count of this.#untold) {
      const { counter, labels, pending } = count;
      count.pending = 0;
      this.add(counter, pending, labels);
    }
    this.#untold.clear();
  }

  add(counter: CounterName, amount: number, labels?: Labels): void {
    harmless(() => this.#instruments[counter].add(amount, labels));
  }

  /** `seconds` that an operation took. */
  record(seconds: number, labels: Labels): void {
    harmless(() => this.#instruments.duration.record(seconds, labels));
  }

  get #instruments(): Instruments {
    return (this.#opened ??= openInstruments(this.#openMeter()));
  }
}
