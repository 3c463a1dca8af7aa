import type { Random } from '../random';
import type { HeldSession } from './held-session';

// Enough that what was ended before a failover is asked for after it.
const capacity = 400;

/** Sessions that are over, or may be: clients go on showing their tokens, as whoever stole a copy would. */
export class Graveyard {
  readonly #sessions: HeldSession[] = [];

  bury(session: HeldSession): void {
    if (this.#sessions.includes(session)) return;
    this.#sessions.push(session);
    if (this.#sessions.length > capacity) this.#sessions.shift();
  }

  /** Rather one that was buried lately. */
  pick(random: Random): HeldSession | undefined {
    const { length } = this.#sessions;
    return this.#sessions[length - 1 - Math.floor(random.next() ** 2 * length)];
  }

  /** What was buried last, at most so many. */
  latest(count: number): readonly HeldSession[] {
    return this.#sessions.slice(-count);
  }
}
