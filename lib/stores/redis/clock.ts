const measureEvery = 60_000;
// The error grows with age: after a quiet hour it would push epochs, and with them sign-ins, seconds apart.
const longestServed = 2 * measureEvery;
const samples = 3;
// How far two clocks may run apart between measurements: the most by which NTP slews one.
const drift = 0.0005;
const rounding = 0.5;
// Less than that NTP corrects now and then, and the masters of a cluster differ by it.
const leastSetBack = 1_000;

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
  readonly #onWentBack: (milliseconds: number) => void;
  #known: Measurement | undefined;
  #measuring: Promise<Measurement> | undefined;
  #outdated = false;
  #doubts = 0;

  /** `onWentBack` hears of a clock that was set back, or taken over by one that is behind: once each time. */
  constructor(readTime: ReadTime, onWentBack: (milliseconds: number) => void = () => undefined) {
    this.#readTime = readTime;
    this.#onWentBack = onWentBack;
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
    this.#doubts += 1;
    this.#outdated = true;
  }

  /** Many callers share one measurement. Where nothing is known, or only what is too old, it is there after one round trip, and better after three. */
  measure(): Promise<Measurement> {
    if (this.#measuring) return this.#measuring;
    // Until this one is there the last is in doubt; a failure leaves it so.
    this.#outdated = true;
    const doubts = this.#doubts;
    const isAwaited = !this.#known || performance.now() - this.#known.takenAt > longestServed;
    const first = this.#takeSample().then((sample) => {
      if (isAwaited) this.#learn(sample);
      return sample;
    });
    const best = first
      .then((sample) => this.#refine(sample))
      .then((measured) => {
        this.#learn(measured);
        // What gave cause for doubt meanwhile may have come after the samples.
        this.#outdated = this.#doubts !== doubts;
        return measured;
      })
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
    return best;
  }

  #learn(next: Measurement): void {
    const last = this.#known;
    this.#known = next;
    if (!last) return;
    const doubt = last.error + next.error + (next.takenAt - last.takenAt) * drift;
    const back = last.offset - next.offset;
    if (back > leastSetBack + doubt) this.#onWentBack(Math.round(back));
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
