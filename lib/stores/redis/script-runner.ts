import type { Calls } from './calls';
import type { RedisClient } from './client';
import type { StoreClock } from './clock';
import { unavailable } from './faults';
import { type Argument, type Reply, statusOf } from './reply';
import type { Script, ScriptName, Scripts } from './script-texts';

type ScriptCommand = (...args: readonly Argument[]) => Promise<Reply>;

/** When a write is to be judged, and when it is too late for it. */
export interface Timing {
  readonly at: number;
  readonly notAfter: number;
}

/** Teaches a client our scripts; it sends them by hash, and by text where the server does not know them. */
export function defineScripts(client: RedisClient, scripts: readonly Script[]): void {
  for (const { command, lua, numberOfKeys } of scripts) {
    if (!(command in client)) client.defineCommand(command, { lua, numberOfKeys });
  }
}

/** One script, once, without a deadline. Replies are bytes, never text. */
export function sendScript(client: RedisClient, { command }: Script, args: readonly Argument[]): Promise<Reply> {
  const commands = client as unknown as Readonly<Record<string, ScriptCommand>>;
  return commands[`${command}Buffer`]!(...args);
}

/** What a write is sent with: its keys, when it is to be judged, when it is too late for it, the rest. */
export function scriptArguments(
  keys: readonly string[],
  { at }: Timing,
  notAfter: number,
  args: readonly Argument[],
): Argument[] {
  return [...keys, Math.trunc(at), Math.trunc(notAfter), ...args];
}

/** Runs scripts for the verbs: within the deadline, and never later than their caller waits. */
export class ScriptRunner {
  readonly #client: RedisClient;
  readonly #calls: Calls;
  readonly #clock: StoreClock;
  readonly #scripts: Scripts;

  constructor(client: RedisClient, scripts: Scripts, calls: Calls, clock: StoreClock) {
    this.#client = client;
    this.#scripts = scripts;
    this.#calls = calls;
    this.#clock = clock;
  }

  read(name: ScriptName, keys: readonly string[], args: readonly Argument[]): Promise<Reply> {
    return this.#calls.run(() => sendScript(this.#client, this.#scripts[name], [...keys, ...args]));
  }

  write(name: ScriptName, keys: readonly string[], timing: Timing, args: readonly Argument[]): Promise<Reply> {
    const send = (until: number): Promise<Reply> =>
      sendScript(this.#client, this.#scripts[name], scriptArguments(keys, timing, until, args));
    return this.#calls.run(() => this.inTime(timing, send), this.patience(timing));
  }

  /** Sends a write, by whatever way, and again where the server's clock is ahead. @throws SessionError where it is too late */
  async inTime({ notAfter }: Timing, send: (notAfter: number) => Promise<Reply>): Promise<Reply> {
    for (let until = notAfter; ;) {
      const reply = await send(until);
      if (!isLate(reply)) return reply;
      until = await this.#onServerClock(notAfter, Number(reply[1]));
    }
  }

  /** How long the caller still waits: the last instant lies before that by the clock's error. Whether it is too late Redis tells. */
  patience({ notAfter }: Timing): number {
    const now = this.#clock.now();
    if (typeof now !== 'number') {
      // Not known yet: nobody here waits for it, and its failure must not end the process.
      now.catch(() => undefined);
      return Infinity;
    }
    const left = notAfter + this.#clock.errorMilliseconds() - now;
    return left > 0 ? left : Infinity;
  }

  /**
   * Late by the server and in time by the clock that was measured: that server's clock is ahead, after a failover or by
   * itself in a cluster. Its own time is used then, and the clock measured again.
   */
  async #onServerClock(notAfter: number, serverNow: number): Promise<number> {
    const now = await this.#clock.now();
    if (now > notAfter) throw unavailable('the command reached Redis too late');
    this.#clock.expire();
    return notAfter + serverNow - now;
  }
}

function isLate(reply: Reply): boolean {
  return reply.length === 2 && statusOf(reply) === 'late';
}
