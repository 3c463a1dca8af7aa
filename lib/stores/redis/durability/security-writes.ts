import { setTimeout as pause } from 'node:timers/promises';
import { SessionError } from '../../../domain/error';
import { isPassing, isReply } from '../faults';
import { jittered } from '../jittered';
import type { Argument, Reply } from '../reply';
import { scriptArguments, type ScriptRunner, type Timing } from '../script-runner';
import type { ScriptName } from '../script-texts';
import type { MasterLink } from './master-link';
import type { Masters } from './masters';
import { type Answered, NotSent } from './turn';

/** What a script answered, and whether the replicas have what it wrote. */
export interface Confirmed {
  readonly reply: Reply;
  readonly durable: boolean;
}

type Write = readonly [name: ScriptName, keys: readonly string[], timing: Timing, args: readonly Argument[]];

/** Runs the scripts that end sessions and tokens. */
export interface SecurityWrites {
  write(...write: Write): Promise<Confirmed>;
  close(): Promise<void>;
}

/** Where replicas are not waited for, every write counts as durable. */
export function trustingWrites(scripts: ScriptRunner): SecurityWrites {
  return {
    async write(...write) {
      return { reply: await scripts.write(...write), durable: true };
    },
    close: () => Promise.resolve(),
  };
}

const firstPause = 10;
const longestPause = 100;
// Half of the time is for the link to the master; in the rest the client's own connection may still learn the outcome.
const share = 0.5;

/**
 * Writes over a link to the slot's master and waits there for its replicas. Whatever becomes of the link, the caller learns the
 * outcome: what may have been lost with it is run again over the client's own connection, which is safe because each attempt happens
 * once, and is not durable then.
 */
export class ConfirmedWrites implements SecurityWrites {
  readonly #scripts: ScriptRunner;
  readonly #masters: Masters;
  readonly #deadline: number;

  constructor(scripts: ScriptRunner, masters: Masters, deadlineMilliseconds: number) {
    this.#scripts = scripts;
    this.#masters = masters;
    this.#deadline = deadlineMilliseconds;
  }

  async write(...write: Write): Promise<Confirmed> {
    const [, , timing] = write;
    const patience = Math.min(this.#scripts.patience(timing), this.#deadline);
    const begun = performance.now();
    try {
      const { reply, durable } = await this.#send(write, begun + patience * share);
      return { reply, durable: await orFalse(durable, begun + patience) };
    } catch (fault) {
      if (fault instanceof SessionError) throw fault;
      return { reply: await this.#scripts.write(...write), durable: false };
    }
  }

  close(): Promise<void> {
    return this.#masters.close();
  }

  /** Tries again, within the time, what has certainly not happened. */
  async #send(write: Write, until: number): Promise<Answered> {
    const [, [key]] = write;
    for (let wait = firstPause; ; wait = Math.min(wait * 2, longestPause)) {
      let link: MasterLink | undefined;
      try {
        link = this.#masters.linkTo(key!);
        return await this.#sendOver(link, write, until);
      } catch (fault) {
        if (performance.now() + wait >= until || !isHarmless(fault)) throw fault;
        if (leadsElsewhere(fault)) link?.end();
        // A cluster that says nothing of its masters is not waited for.
        await Promise.race([this.#masters.lookAgain(), pause(longestPause)]);
        await pause(jittered(wait));
      }
    }
  }

  async #sendOver(link: MasterLink, [name, keys, timing, args]: Write, until: number): Promise<Answered> {
    let durable = Promise.resolve(false);
    const reply = await this.#scripts.inTime(timing, async (notAfter) => {
      const left = Math.max(1, until - performance.now());
      const answered = await link.send(name, scriptArguments(keys, timing, notAfter, args), left);
      durable = answered.durable;
      return answered.reply;
    });
    return { reply, durable };
  }
}

/** Whether the write has certainly not happened, and may next time. A connection that was lost says nothing of that. */
function isHarmless(fault: unknown): boolean {
  if (fault instanceof NotSent) return true;
  return isReply(fault) && (isPassing(fault) || /^MOVED\b/.test((fault as Error).message));
}

function leadsElsewhere(fault: unknown): boolean {
  return isReply(fault) && /^(?:READONLY|MASTERDOWN|LOADING|CLUSTERDOWN)\b/.test((fault as Error).message);
}

/** A promise that does not keep its caller longer than this. */
function orFalse(durable: Promise<boolean>, until: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), Math.max(0, until - performance.now()));
    void durable.then((answer) => {
      clearTimeout(timer);
      resolve(answer);
    });
  });
}
