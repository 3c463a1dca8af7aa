interface Waiting {
  readonly timer: NodeJS.Timeout;
  readonly go: () => void;
}

// A pace is kept in portions: small enough that bytes trickle, large enough that timers keep up.
const portionsPerSecond = 20;

/** One direction of a link that lets so many bytes through a second, whichever connections they belong to. */
export class Throttle {
  #bytesPerSecond = Infinity;
  #freeAt = 0;
  readonly #waiting = new Set<Waiting>();

  /** `Infinity` lets everything through at once, also what is waiting. */
  set bytesPerSecond(rate: number) {
    this.#bytesPerSecond = rate;
    this.#freeAt = 0;
    if (rate === Infinity) for (const { go } of this.#waiting) go();
  }

  get isOpen(): boolean {
    return this.#bytesPerSecond === Infinity;
  }

  /** Hands the bytes on in order, portion by portion, and resolves when the last of them is through. */
  async pass(bytes: Buffer, handOn: (portion: Buffer) => void): Promise<void> {
    for (let passed = 0; passed < bytes.length;) {
      const portion = bytes.subarray(passed, passed + this.#portion());
      await this.#turn(portion.length);
      handOn(portion);
      passed += portion.length;
    }
  }

  #portion(): number {
    return Math.max(1, Math.ceil(this.#bytesPerSecond / portionsPerSecond));
  }

  #turn(bytes: number): Promise<void> {
    const now = performance.now();
    this.#freeAt = Math.max(now, this.#freeAt) + (bytes / this.#bytesPerSecond) * 1_000;
    return new Promise((resolve) => {
      const go = (): void => {
        clearTimeout(waiting.timer);
        this.#waiting.delete(waiting);
        resolve();
      };
      const waiting: Waiting = { timer: setTimeout(go, this.#freeAt - now), go };
      waiting.timer.unref();
      this.#waiting.add(waiting);
    });
  }
}
