import { setTimeout as pause } from 'node:timers/promises';
import type { RedisClient } from './client';
import { isDisconnection, isPassing, isReadOnly, isRefusal, isReply, unavailable } from './faults';
import { jittered } from './jittered';
import type { PrimaryCheck } from './primary-check';
import type { Reachability } from './reachability';
import { ReadyGate } from './ready-gate';
import { TurnWrites } from './turn-writes';

// Memory must not grow while Redis is away or slow: beyond this, operations fail at once.
const maxUnsettled = 10_000;
const firstPause = 10;
const longestPause = 100;

export interface CallsOptions {
  readonly client: RedisClient;
  readonly deadlineMilliseconds: number;
  /** What can be known of a client, and done to it, that is the store's own. */
  readonly own: { readonly fault: Error | undefined; breakSilence(): void } | undefined;
  readonly primary: PrimaryCheck;
  readonly reachability: Pick<Reachability, 'noteAnswer' | 'noteLoss'>;
  /** Called when an operation had its time and no answer came. */
  readonly onOverdue?: () => void;
}

/**
 * Runs operations within the deadline: waits for a lost connection, tries passing faults again, gives up in time, and turns
 * every fault into `store_unavailable`. The client's own patience does not matter.
 */
export class Calls {
  readonly #client: RedisClient;
  readonly #deadline: number;
  readonly #own: CallsOptions['own'];
  readonly #primary: PrimaryCheck;
  readonly #reachability: CallsOptions['reachability'];
  readonly #onOverdue: CallsOptions['onOverdue'];
  readonly #gate: ReadyGate;
  readonly #writes: TurnWrites;
  #unsettled = 0;
  #lastAnswer = -Infinity;
  #closed = false;

  constructor({ client, deadlineMilliseconds, own, primary, reachability, onOverdue }: CallsOptions) {
    this.#client = client;
    this.#deadline = deadlineMilliseconds;
    this.#own = own;
    this.#primary = primary;
    this.#reachability = reachability;
    this.#onOverdue = onOverdue;
    this.#gate = new ReadyGate(client);
    this.#writes = new TurnWrites(client);
  }

  /**
   * `send` may be called more than once; what it sends must be safe to run twice. `patience` may shorten the deadline for
   * a caller who has waited already.
   */
  run<T>(send: () => Promise<T>, patience: number = this.#deadline): Promise<T> {
    if (this.#closed) return Promise.reject(unavailable('the store is closed'));
    if (this.#unsettled >= maxUnsettled) {
      return Promise.reject(unavailable(`${maxUnsettled} operations are waiting for Redis already`));
    }
    const allowed = Math.min(patience, this.#deadline);
    const until = performance.now() + allowed;
    return new Promise<T>((resolve, reject) => {
      let refusal: unknown;
      const timer = setTimeout(() => reject(unavailable(refusal ?? this.#giveUp(allowed))), allowed);
      // What the server said all along tells more than that the time is over.
      const note = (fault: unknown): void => void (refusal = isReply(fault) ? fault : undefined);
      const succeed = (answer: T): void => {
        this.#settle(timer);
        this.#lastAnswer = performance.now();
        this.#primary.noteAnswer(this.#lastAnswer);
        this.#reachability.noteAnswer();
        resolve(answer);
      };
      const fail = (fault: unknown): void => {
        this.#settle(timer);
        reject(unavailable(this.#reasonFor(fault)));
      };
      this.#unsettled += 1;
      const retry = (fault: unknown): void => void this.#tryAgain(send, until, fault, note).then(succeed, fail);
      this.#writes.gather();
      // Only what fails pays for being tried again: this is the path of every request.
      try {
        send().then((answer) => {
          if (this.#primary.isConfirmed) succeed(answer);
          else this.#primary.confirm(answer).then(succeed, retry);
        }, retry);
      } catch (fault) {
        // A client in the middle of a change may throw at once.
        retry(fault);
      }
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

  async #tryAgain<T>(
    send: () => Promise<T>,
    until: number,
    firstFault: unknown,
    note: (fault: unknown) => void,
  ): Promise<T> {
    let fault = firstFault;
    for (let wait = firstPause; ; wait = Math.min(wait * 2, longestPause)) {
      note(fault);
      if (isReply(fault)) this.#lastAnswer = performance.now();
      const left = until - performance.now();
      if (isReadOnly(fault)) this.#primary.noteReplica();
      if (left <= 0 || this.#closed || this.#client.status === 'end' || !isPassing(fault)) throw fault;
      await this.#recover(fault, Math.min(wait, left), left);
      try {
        return await this.#primary.confirm(await send());
      } catch (next) {
        fault = next;
      }
    }
  }

  /** Why there is no connection says more than that there is none. */
  #reasonFor(fault: unknown): unknown {
    const isAway = fault instanceof Error && isDisconnection(fault);
    const reason = isAway ? (this.#own?.fault ?? fault) : fault;
    if (!this.#closed && (isAway || isRefusal(fault))) this.#reachability.noteLoss(reason);
    return reason;
  }

  #giveUp(allowed: number): unknown {
    // One who had little time left proves nothing.
    const isOverdue = allowed * 2 >= this.#deadline;
    if (isOverdue) this.#onOverdue?.();
    const isSilent = isOverdue && performance.now() - this.#lastAnswer >= allowed;
    if (isSilent) {
      this.#own?.breakSilence();
      this.#primary.noteSilence();
    }
    const reason = this.#own?.fault ?? this.#primary.fault ?? `no answer from Redis within ${this.#deadline} ms`;
    if (isSilent && !this.#closed) this.#reachability.noteLoss(reason);
    return reason;
  }

  async #recover(fault: unknown, shortWait: number, longWait: number): Promise<void> {
    const isAway = fault instanceof Error && isDisconnection(fault) && this.#client.status !== 'ready';
    if (isAway) await this.#gate.wait(longWait);
    else await pause(jittered(shortWait));
  }
}
