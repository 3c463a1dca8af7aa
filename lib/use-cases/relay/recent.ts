/** Names seen of late: as many as fit. */
export class Recent {
  readonly #most: number;
  readonly #names = new Set<string>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Whether it was not among them. */
  add(name: string): boolean {
    if (this.#names.has(name)) return false;
    this.#names.add(name);
    if (this.#names.size > this.#most) {
      const [oldest] = this.#names;
      this.#names.delete(oldest!);
    }
    return true;
  }
}
