const failuresBeforeRest = 3;
const shortest = 5_000;
const longest = 60_000;

/**
 * Spares a sink that has failed several times in a row, or did not answer: one call now and then tries whether it is back. Without it a
 * sink that hangs would take up all deliveries, and those to other sinks would wait behind it.
 */
export class Rest {
  readonly #now: () => number;
  #failures = 0;
  #until = -Infinity;
  #pause = shortest;
  #isTried = false;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whether it may be called now. While it is being tried, only by whoever asked first. */
  mayCall(): boolean {
    if (this.#failures < failuresBeforeRest) return true;
    if (this.#isTried || this.#now() < this.#until) return false;
    this.#isTried = true;
    return true;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#pause = shortest;
    this.#isTried = false;
  }

  /** The call was given up for a reason of this process': whoever asks next tries. */
  abandoned(): void {
    this.#isTried = false;
  }

  /** `isSevere`: it did not answer, so it is spared at once. */
  failed(isSevere: boolean): void {
    const wasTried = this.#isTried;
    this.#isTried = false;
    this.#failures = isSevere ? Math.max(failuresBeforeRest, this.#failures + 1) : this.#failures + 1;
    if (this.#failures < failuresBeforeRest) return;
    if (wasTried) this.#pause = Math.min(2 * this.#pause, longest);
    this.#until = this.#now() + this.#pause;
  }
}
