import type { RedisClient } from '../client';
import { type Argument, type Reply, statusOf } from '../reply';
import { sendScript } from '../script-runner';
import type { Script } from '../script-texts';

/** A write that was answered, and whether the replicas have it: a promise that never rejects. */
export interface Answered {
  readonly reply: Reply;
  readonly durable: Promise<boolean>;
}

/** A write that never left this process: nothing speaks against trying it elsewhere. */
export class NotSent extends Error {
  override readonly name = 'NotSent';
}

// Answers of scripts that have written nothing: there is nothing for replicas to confirm.
const idle = new Set(['late', 'missing', 'conflict']);

/** One script on its way over a link: it waits for its turn, is answered, and then told whether the replicas have it. */
export class Turn {
  readonly answered: Promise<Answered>;
  readonly #script: Script;
  readonly #args: readonly Argument[];
  #isSent = false;
  #resolve!: (answered: Answered) => void;
  #reject!: (fault: unknown) => void;
  #settle: (durable: boolean) => void = () => undefined;

  constructor(script: Script, args: readonly Argument[]) {
    this.#script = script;
    this.#args = args;
    this.answered = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  get isSent(): boolean {
    return this.#isSent;
  }

  /** Whether it wrote something. */
  async run(client: RedisClient): Promise<boolean> {
    this.#isSent = true;
    try {
      const reply = await sendScript(client, this.#script, this.#args);
      const durable = new Promise<boolean>((settle) => (this.#settle = settle));
      this.#resolve({ reply, durable });
      return !idle.has(statusOf(reply)) && !isEmptyTrim(reply);
    } catch (fault) {
      this.#reject(fault);
      return false;
    }
  }

  /** Has no effect on one that failed. */
  settle(durable: boolean): void {
    this.#settle(durable);
  }

  refuse(reason: string): void {
    this.#reject(new NotSent(reason));
  }
}

function isEmptyTrim(reply: Reply): boolean {
  return statusOf(reply) === 'trimmed' && reply[2] === 0;
}
