interface Chunk {
  readonly dueAt: number;
  readonly bytes: Buffer;
}

/** One direction of a link on which bytes take their time, and stay in order whatever the time is set to meanwhile. */
export class Lag {
  readonly #write: (bytes: Buffer) => void;
  readonly #waiting: Chunk[] = [];
  #isTimed = false;

  constructor(write: (bytes: Buffer) => void) {
    this.#write = write;
  }

  pass(bytes: Buffer, milliseconds: number): void {
    if (milliseconds === 0 && this.#waiting.length === 0) return this.#write(bytes);
    this.#waiting.push({ dueAt: performance.now() + milliseconds, bytes });
    if (!this.#isTimed) this.#handOnIn(milliseconds);
  }

  /** What has waited long enough, and whatever was to come sooner and waits behind it. */
  #handOn(): void {
    this.#isTimed = false;
    const now = performance.now();
    for (let first = this.#waiting[0]; first && first.dueAt <= now; first = this.#waiting[0]) {
      this.#waiting.shift();
      this.#write(first.bytes);
    }
    const [next] = this.#waiting;
    if (next) this.#handOnIn(Math.max(1, next.dueAt - now));
  }

  #handOnIn(milliseconds: number): void {
    this.#isTimed = true;
    setTimeout(() => this.#handOn(), milliseconds);
  }
}
