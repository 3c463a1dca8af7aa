const measureEvery = 60_000;
// The error grows with age: after a quiet hour it would push epochs, and with them sign-ins, seconds apart.
const longestServed = 2 * measureEvery;
const samples = 3;
// How far two clocks may run apart between measurements: the most by which NTP slews one.
const drift = 0.0005;
const rounding = 0.5;

/** Seconds and microseconds, as Redis TIME gives them. */
export type ReadTime = () => Promise<readonly [seconds: number, microseconds: number]>;

export interface Measurement {
  /** Redis time minus monotonic time, in milliseconds. */
  readonly offset: number;
  readonly error: number;
  readonly takenAt: number;
}

/**
 * Redis' time, known without asking: its offset to the monotonic clock, measured now and then. The wall clock of this
 * machine plays no part (B13).
 */
export class StoreClock {
  readonly #readTime: ReadTime;
  #known: Measurement | undefined;
  #measuring: Promise<Measurement> | undefined;
  #outdated = false;

  constructor(readTime: ReadTime) {
    this.#readTime = readTime;
  }

  now(): number | Promise<number> {
    const known = this.#known;
    if (!known || performance.now() - known.takenAt > longestServed) return this.measure().then(timeBy);
    if (this.#outdated || performance.now() - known.takenAt > measureEvery) {
      // Nobody waits for it: until it is there, the last one serves.
      this.measure().catch(() => undefined);
    }
    return timeBy(known);
  }

  errorMilliseconds(): number {
    if (!this.#known) return 0;
    const { error, takenAt } = this.#known;
    return Math.ceil(error + (performance.now() - takenAt) * drift + rounding);
  }

  /** The server may be another one now, or its clock was set: measures again at the next use. */
  expire(): void {
    this.#outdated = true;
  }

  /** Many callers share one measurement. Where nothing is known, or only what is too old, it is there after one round trip, and better after three. */
  measure(): Promise<Measurement> {
    if (this.#measuring) return this.#measuring;
    // Until this one is there the last is in doubt; a failure leaves it so.
    this.#outdated = true;
    const isAwaited = !this.#known || performance.now() - this.#known.takenAt > longestServed;
    const first = this.#takeSample().then((sample) => {
      if (isAwaited) this.#known = sample;
      return sample;
    });
    const best = first
      .then((sample) => this.#refine(sample))
      .finally(() => {
        this.#measuring = undefined;
      });
    best.catch(() => undefined);
    this.#measuring = isAwaited ? first : best;
    return this.#measuring;
  }

  async #refine(first: Measurement): Promise<Measurement> {
    let best = first;
    for (let taken = 1; taken < samples; taken += 1) {
      const sample = await this.#takeSample();
      if (sample.error < best.error) best = sample;
    }
    this.#known = best;
    this.#outdated = false;
    return best;
  }

  async #takeSample(): Promise<Measurement> {
    const before = performance.now();
    const [seconds, microseconds] = await this.#readTime();
    const after = performance.now();
    const error = (after - before) / 2;
    return { offset: seconds * 1000 + microseconds / 1000 - (before + error), error, takenAt: after };
  }
}

function timeBy({ offset }: Measurement): number {
  return Math.round(performance.now() + offset);
}
