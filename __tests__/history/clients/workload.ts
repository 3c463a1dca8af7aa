import { setTimeout as pause } from 'node:timers/promises';
import type { LimitTerms } from '../history';
import type { Random } from '../random';
import { Account } from './account';
import { Graveyard } from './graveyard';
import type { Operations } from './operations';

export interface WorkloadOptions {
  readonly operations: Operations;
  readonly random: Random;
  /** How many users are about at a time, each with three devices. */
  readonly users: number;
  /** What a device rests between two requests, on average. */
  readonly restMilliseconds: number;
}

const devicesEach = 3;

// Short lives too: a revocation whose reply was lost explains every later refusal of that user.
const shortestLife = 3_000;
const longestLife = 12_000;

const limits: readonly (LimitTerms | null)[] = [null, { max: 2, evicts: false }, { max: 2, evicts: true }];

/** Users who come, sign in on their devices, use and end their sessions, and go. */
export class Workload {
  readonly #options: WorkloadOptions;
  readonly #graveyard = new Graveyard();

  constructor(options: WorkloadOptions) {
    this.#options = options;
  }

  /** Resolves when all that was asked has been answered, or is known to be lost. */
  async run(isOver: () => boolean): Promise<void> {
    const { users, random } = this.#options;
    const places = Array.from({ length: users }, (_, place) => this.#occupy(place, random.fork(), isOver));
    await Promise.all([...places, this.#haunt(random.fork(), isOver)]);
    await this.#visitAll(random.fork());
  }

  /** One user after another. */
  async #occupy(place: number, random: Random, isOver: () => boolean): Promise<void> {
    const { operations, restMilliseconds } = this.#options;
    for (let count = 0; !isOver(); count += 1) {
      const limit = limits[(place + count) % limits.length]!;
      const user = `user-${place}-${count}`;
      const account = new Account({ user, limit, operations, graveyard: this.#graveyard });
      const until = performance.now() + random.between(shortestLife, longestLife);
      const hasLeft = (): boolean => isOver() || performance.now() > until;
      const devices = Array.from({ length: devicesEach }, () => random.fork());
      await Promise.all(devices.map((device) => account.use(device, hasLeft, restMilliseconds)));
    }
  }

  /** Shows what was ended long ago: what a failover brings back is nobody's any more. */
  async #haunt(random: Random, isOver: () => boolean): Promise<void> {
    const { operations, restMilliseconds } = this.#options;
    while (!isOver()) {
      await pause(random.between(0, 2 * restMilliseconds));
      const buried = this.#graveyard.pick(random);
      if (buried) await operations.verify(Math.floor(random.between(0, operations.appCount)), buried);
    }
  }

  async #visitAll(random: Random): Promise<void> {
    const { operations } = this.#options;
    for (const buried of this.#graveyard.latest(100)) {
      await operations.verify(Math.floor(random.between(0, operations.appCount)), buried, { fresh: true });
    }
  }
}
