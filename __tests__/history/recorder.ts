import { createHash } from 'node:crypto';
import type { Fault, History, Instant, Operation, Pair, Terms } from './history';

/** An operation without its place and its times. */
type Fact<Kind> = Kind extends Operation ? Omit<Kind, 'index' | 'invokedAt' | 'completedAt'> : never;

/** Tokens as clients get them. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Writes down what clients and the nemesis did and saw, all by the one clock of this process. */
export class Recorder {
  readonly #terms: Terms;
  readonly #operations: Operation[] = [];
  readonly #faults: Fault[] = [];
  #begun = 0;

  constructor(terms: Terms) {
    this.#terms = terms;
  }

  now(): Instant {
    return performance.now();
  }

  /** Call it before the request is sent; and what it gives, as soon as the outcome is known. */
  begin(): (fact: Fact<Operation>) => void {
    const index = this.#begun++;
    const invokedAt = this.now();
    return (fact) => {
      this.#operations.push({ ...fact, index, invokedAt, completedAt: this.now() });
    };
  }

  /** Runs a fault and its healing. What fails in it fails here, and is noted all the same. */
  async fault(name: string, loses: boolean, run: () => Promise<void>): Promise<void> {
    const from = this.now();
    try {
      await run();
    } finally {
      this.#faults.push({ name, loses, from, until: this.now() });
    }
  }

  history(): History {
    const operations = this.#operations.toSorted((one, other) => one.invokedAt - other.invokedAt);
    const faults = this.#faults.toSorted((one, other) => one.from - other.from);
    return { terms: this.#terms, operations, faults };
  }
}

/** A token's name in a history. */
export function labelOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url').slice(0, 10);
}

export function labelled({ accessToken, refreshToken }: Tokens): Pair {
  return { access: labelOf(accessToken), refresh: labelOf(refreshToken) };
}
