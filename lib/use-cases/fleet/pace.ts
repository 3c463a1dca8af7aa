import { setTimeout as delay } from 'node:timers/promises';

// Shorter pauses are saved up: timers are not that exact.
const shortest = 5;

interface PaceOptions {
  /** How much of the time may be worked: 0.5 pauses as long as the work took. */
  readonly share: number;
  /** Ends a pause. */
  readonly closing: AbortSignal;
  /** Whether somebody waits for it, so that the process must live until then. */
  readonly isAwaited: boolean;
}

/** Keeps work that nobody is in a hurry for to a share of the time, so that the store has the rest for others. */
export class Pace {
  readonly #options: PaceOptions;
  #owed = 0;

  constructor(options: PaceOptions) {
    this.#options = options;
  }

  get closing(): AbortSignal {
    return this.#options.closing;
  }

  /** @throws AbortError when the manager is closed meanwhile */
  async after<Done>(work: () => Promise<Done>): Promise<Done> {
    const { share, closing, isAwaited } = this.#options;
    closing.throwIfAborted();
    if (this.#owed >= shortest) {
      const paused = performance.now();
      await delay(this.#owed, undefined, { signal: closing, ref: isAwaited });
      this.#owed = Math.max(0, this.#owed - (performance.now() - paused));
    }
    const begun = performance.now();
    const done = await work();
    this.#owed += (performance.now() - begun) * (1 / share - 1);
    return done;
  }
}
