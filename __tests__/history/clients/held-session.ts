import { labelled, labelOf, type Tokens } from '../recorder';
import type { Pair, Shown } from '../history';

/** A session as its client holds it. */
export class HeldSession {
  readonly id: string;
  readonly user: string;
  #tokens: Tokens;
  /** A request is under way that replaces the tokens: until it is over nothing else may. */
  isBusy = false;

  constructor(id: string, user: string, tokens: Tokens) {
    this.id = id;
    this.user = user;
    this.#tokens = tokens;
  }

  get tokens(): Tokens {
    return this.#tokens;
  }

  get pair(): Pair {
    return labelled(this.#tokens);
  }

  get shown(): Shown {
    return { session: this.id, access: labelOf(this.#tokens.accessToken) };
  }

  adopt(tokens: Tokens): void {
    this.#tokens = tokens;
  }
}
