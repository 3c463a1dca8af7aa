import { setTimeout as pause } from 'node:timers/promises';
import type { RedisClient } from './client';
import { isDisconnection, isPassing, isReply, unavailable } from './faults';
import { ReadyGate } from './ready-gate';

// Memory must not grow while Redis is away or slow: beyond this, operations fail at once.
const maxUnsettled = 10_000;
const firstPause = 10;
const longestPause = 100;

export interface CallsOptions {
  readonly client: RedisClient;
  readonly deadlineMilliseconds: number;
  /** What can be known of a client, and done to it, that is the store's own. */
  readonly own: { readonly fault: Error | undefined; breakSilence(): void } | undefined;
}

/**
 * Runs operations within the deadline: waits for a lost connection, tries passing faults again, gives up in time, and turns
 * every fault into `store_unavailable`. The client's own patience does not matter.
 */
export class Calls {
  readonly #client: RedisClient;
  readonly #deadline: number;
  readonly #own: CallsOptions['own'];
  readonly #gate: ReadyGate;
  #unsettled = 0;
  #lastAnswer = -Infinity;
  #closed = false;

  constructor({ client, deadlineMilliseconds, own }: CallsOptions) {
    this.#client = client;
    this.#deadline = deadlineMilliseconds;
    this.#own = own;
    this.#gate = new ReadyGate(client);
  }

  /** `send` may be called more than once; what it sends must be safe to run twice. */
  run<T>(send: () => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(unavailable('the store is closed'));
    if (this.#unsettled >= maxUnsettled) {
      return Promise.reject(unavailable(`${maxUnsettled} operations are waiting for Redis already`));
    }
    const until = performance.now() + this.#deadline;
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => reject(unavailable(this.#giveUp())), this.#deadline);
      const settle = (): void => {
        this.#unsettled -= 1;
        clearTimeout(timer);
      };
      this.#unsettled += 1;
      this.#attempt(send, until).then(
        (answer) => {
          settle();
          resolve(answer);
        },
        (fault: unknown) => {
          settle();
          reject(unavailable(this.#reasonFor(fault)));
        },
      );
    });
  }

  close(): void {
    this.#closed = true;
    this.#gate.close();
  }

  async #attempt<T>(send: () => Promise<T>, until: number): Promise<T> {
    for (let wait = firstPause; ; wait = Math.min(wait * 2, longestPause)) {
      try {
        const answer = await send();
        this.#lastAnswer = performance.now();
        return answer;
      } catch (fault) {
        const left = until - performance.now();
        if (isReply(fault)) this.#lastAnswer = performance.now();
        if (left <= 0 || this.#closed || this.#client.status === 'end' || !isPassing(fault)) throw fault;
        await this.#recover(fault, Math.min(wait, left), left);
      }
    }
  }

  /** Why there is no connection says more than that there is none. */
  #reasonFor(fault: unknown): unknown {
    return fault instanceof Error && isDisconnection(fault) ? (this.#own?.fault ?? fault) : fault;
  }

  #giveUp(): unknown {
    if (performance.now() - this.#lastAnswer >= this.#deadline) this.#own?.breakSilence();
    return this.#own?.fault ?? `no answer from Redis within ${this.#deadline} ms`;
  }

  async #recover(fault: unknown, shortWait: number, longWait: number): Promise<void> {
    const isAway = fault instanceof Error && isDisconnection(fault) && this.#client.status !== 'ready';
    if (isAway) await this.#gate.wait(longWait);
    else await pause(shortWait * (0.5 + Math.random() / 2));
  }
}
