// Whoever brings longer ones would fill the memory with them.
const longestKey = 256;

/**
 * Works something out of a text once, as long as it is asked for now and then: on the path of every request a hit is one look-up. Keeps two
 * generations of at most `most` each; what was not asked for during the whole of one is forgotten.
 */
export class Memo<Value> {
  readonly #most: number;
  readonly #work: (text: string) => Value;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();

  constructor(most: number, work: (text: string) => Value) {
    this.#most = most;
    this.#work = work;
  }

  of(text: string): Value {
    const known = this.#young.get(text);
    return known ?? this.#again(text);
  }

  #again(text: string): Value {
    const value = this.#old.get(text) ?? this.#work(text);
    if (text.length > longestKey) return value;
    if (this.#young.size >= this.#most) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(text, value);
    return value;
  }
}
