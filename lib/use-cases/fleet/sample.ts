/** As many of a row of unknown length as fit, each with the same chance (Vitter's algorithm R). */
export class Sample<Item> {
  readonly items: Item[] = [];
  readonly #size: number;
  #seen = 0;

  constructor(size: number) {
    this.#size = size;
  }

  add(item: Item): void {
    this.#seen += 1;
    if (this.items.length < this.#size) {
      this.items.push(item);
      return;
    }
    const place = Math.floor(Math.random() * this.#seen);
    if (place < this.#size) this.items[place] = item;
  }
}

/**
 * By how much a share of `total` that was counted in a sample may be off, in 95 samples of 100: at most 1.96 standard deviations of
 * a share of one half, drawn without putting back.
 */
export function samplingError(total: number, sampled: number): number {
  if (sampled >= total) return 0;
  return Math.ceil(0.98 * total * Math.sqrt((total - sampled) / ((total - 1) * Math.max(1, sampled))));
}
