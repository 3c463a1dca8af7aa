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
      const succeed = (answer: T): void => {
        this.#settle(timer);
        this.#lastAnswer = performance.now();
        resolve(answer);
      };
      const fail = (fault: unknown): void => {
        this.#settle(timer);
        reject(unavailable(this.#reasonFor(fault)));
      };
      this.#unsettled += 1;
      // Only what fails pays for being tried again: this is the path of every request.
      send().then(succeed, (fault: unknown) => this.#tryAgain(send, until, fault).then(succeed, fail));
    });
  }

  close(): void {
    this.#closed = true;
    this.#gate.close();
  }

  #settle(timer: NodeJS.Timeout): void {
    this.#unsettled -= 1;
    clearTimeout(timer);
  }

  async #tryAgain<T>(send: () => Promise<T>, until: number, firstFault: unknown): Promise<T> {
    let fault = firstFault;
    for (let wait = firstPause; ; wait = Math.min(wait * 2, longestPause)) {
      if (isReply(fault)) this.#lastAnswer = performance.now();
      const left = until - performance.now();
      if (left <= 0 || this.#closed || this.#client.status === 'end' || !isPassing(fault)) throw fault;
      await this.#recover(fault, Math.min(wait, left), left);
      try {
        return await send();
      } catch (next) {
        fault = next;
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
