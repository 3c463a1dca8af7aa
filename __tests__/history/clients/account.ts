import { setTimeout as pause } from 'node:timers/promises';
import type { LimitTerms } from '../history';
import type { Random } from '../random';
import type { Graveyard } from './graveyard';
import type { HeldSession } from './held-session';
import type { Operations } from './operations';
import { renew } from './renewal';

interface AccountParts {
  readonly user: string;
  readonly limit: LimitTerms | null;
  readonly operations: Operations;
  readonly graveyard: Graveyard;
}

// Enough to reach every limit, and one more.
const mostSessions = 4;

// How often a device does what.
const habits = {
  verify: 40,
  renew: 14,
  visitGrave: 14,
  signIn: 8,
  signOut: 4,
  endOther: 5,
  endOthers: 2,
  endAll: 1,
  changePassword: 3,
};

/** One user, whose devices share their sessions: what one of them ends, another was just using. */
export class Account {
  readonly #parts: AccountParts;
  readonly #sessions = new Set<HeldSession>();

  constructor(parts: AccountParts) {
    this.#parts = parts;
  }

  /** One device, until its time is over. */
  async use(random: Random, isOver: () => boolean, restMilliseconds: number): Promise<void> {
    while (!isOver()) {
      await pause(random.between(0, 2 * restMilliseconds));
      await this.#act(random);
    }
  }

  async #act(random: Random): Promise<void> {
    const habit = random.weighted(habits);
    const held = random.pick([...this.#sessions]);
    if (habit === 'signIn' || !held) return this.#signIn(random);
    switch (habit) {
      case 'verify':
        return this.#verify(random, held);
      case 'renew':
        return this.#alone(held, () => this.#renew(random, held));
      case 'visitGrave':
        return this.#visitGrave(random);
      case 'signOut':
        return this.#alone(held, () => this.#end(random, held, held));
      case 'endOther': {
        const other = random.pick([...this.#sessions].filter((one) => one !== held));
        return other && this.#end(random, held, other);
      }
      case 'endOthers':
        return this.#alone(held, () => this.#endMany(random, held, 'others'));
      case 'endAll':
        return this.#alone(held, () => this.#endMany(random, held, 'all'));
      case 'changePassword':
        return this.#alone(held, () => this.#changePassword(random, held));
    }
  }

  async #signIn(random: Random): Promise<void> {
    const { operations, user, limit } = this.#parts;
    if (this.#sessions.size >= mostSessions) return;
    const typing = random.between(0, 60);
    const outcome = await operations.signIn(this.#app(random), user, limit, () => pause(typing));
    if ('status' in outcome) return;
    const evicted = [...this.#sessions].filter(({ id }) => outcome.evicted.includes(id));
    this.#sessions.add(outcome.held);
    await this.#bury(random, evicted);
  }

  async #verify(random: Random, held: HeldSession): Promise<void> {
    const outcome = await this.#parts.operations.verify(this.#app(random), held, { fresh: random.chance(0.15) });
    if (outcome !== 'active' && outcome.status === 'refused') await this.#bury(random, [held]);
  }

  async #renew(random: Random, held: HeldSession): Promise<void> {
    if ((await renew(this.#parts.operations, random, held)) === 'refused') await this.#bury(random, [held]);
  }

  async #visitGrave(random: Random): Promise<void> {
    const buried = this.#parts.graveyard.pick(random);
    if (buried) await this.#parts.operations.verify(this.#app(random), buried, { fresh: random.chance(0.2) });
  }

  /** What was not confirmed is sometimes asked for again: the second answer must not claim more than is true. */
  async #end(random: Random, by: HeldSession, held: HeldSession): Promise<void> {
    const tries = random.chance(0.5) ? 3 : 1;
    for (let made = 0; made < tries; made += 1) {
      const outcome = await this.#parts.operations.revoke(this.#app(random), by, held.id);
      if ('status' in outcome && outcome.status === 'refused') break;
      if ('durable' in outcome) await this.#bury(random, [held]);
      if ('durable' in outcome && outcome.durable) break;
    }
  }

  async #endMany(random: Random, by: HeldSession, scope: 'others' | 'all'): Promise<void> {
    const ended = [...this.#sessions].filter((held) => scope === 'all' || held !== by);
    const outcome = await this.#parts.operations.revokeAll(this.#app(random), by, scope);
    if ('durable' in outcome) await this.#bury(random, ended);
  }

  async #changePassword(random: Random, by: HeldSession): Promise<void> {
    const others = [...this.#sessions].filter((held) => held !== by);
    const outcome = await this.#parts.operations.changePassword(this.#app(random), by);
    if (!('durable' in outcome)) return;
    if (outcome.tokens) by.adopt(outcome.tokens);
    await this.#bury(random, outcome.tokens ? others : [...others, by]);
  }

  /** Its devices use it no more; and each is shown once everywhere, just now. */
  async #bury(random: Random, ended: readonly HeldSession[]): Promise<void> {
    const { operations, graveyard } = this.#parts;
    const apps = Array.from({ length: operations.appCount }, (_, app) => app);
    const isNews = ended.some((held) => this.#sessions.has(held));
    for (const held of ended) {
      this.#sessions.delete(held);
      graveyard.bury(held);
    }
    const shown = random.pick(ended);
    if (shown && isNews) await Promise.all(apps.map((app) => operations.verify(app, shown)));
  }

  /** What replaces tokens, or shows them for the last time, waits for nothing else of the session. */
  async #alone(held: HeldSession, work: () => Promise<void>): Promise<void> {
    if (held.isBusy) return;
    held.isBusy = true;
    try {
      await work();
    } finally {
      held.isBusy = false;
    }
  }

  #app(random: Random): number {
    return Math.floor(random.between(0, this.#parts.operations.appCount));
  }
}
