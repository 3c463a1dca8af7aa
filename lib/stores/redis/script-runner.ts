import type { Calls } from './calls';
import type { RedisClient } from './client';
import type { StoreClock } from './clock';
import { unavailable } from './faults';
import { type Argument, type Reply, statusOf } from './reply';
import { type ScriptName, scripts } from './script-texts';

type ScriptCommand = (...args: readonly Argument[]) => Promise<Reply>;

/** When a write is to be judged, and when it is too late for it. */
export interface Timing {
  readonly at: number;
  readonly notAfter: number;
}

/** Teaches a client our scripts; it sends them by hash, and by text where the server does not know them. */
export function defineScripts(client: RedisClient): void {
  for (const { command, lua, numberOfKeys } of Object.values(scripts)) {
    if (!(command in client)) client.defineCommand(command, { lua, numberOfKeys });
  }
}

/** One script, once, without a deadline. Replies are bytes, never text. */
export function sendScript(client: RedisClient, name: ScriptName, args: readonly Argument[]): Promise<Reply> {
  const commands = client as unknown as Readonly<Record<string, ScriptCommand>>;
  return commands[`${scripts[name].command}Buffer`]!(...args);
}

/** Runs scripts for the verbs: within the deadline, and never later than their caller waits. */
export class ScriptRunner {
  readonly #client: RedisClient;
  readonly #calls: Calls;
  readonly #clock: StoreClock;
  // How far the server behind a tag is ahead of the clock that all share, where that made a command late.
  readonly #ahead = new Map<string, number>();

  constructor(client: RedisClient, calls: Calls, clock: StoreClock) {
    this.#client = client;
    this.#calls = calls;
    this.#clock = clock;
  }

  read(name: ScriptName, keys: readonly string[], args: readonly Argument[]): Promise<Reply> {
    return this.#calls.run(() => sendScript(this.#client, name, [...keys, ...args]));
  }

  write(name: ScriptName, keys: readonly string[], timing: Timing, args: readonly Argument[]): Promise<Reply> {
    const tag = /\{.*\}/.exec(keys[0] ?? '')?.[0] ?? '';
    const send = (): Promise<Reply> => {
      const notAfter = Math.trunc(timing.notAfter + (this.#ahead.get(tag) ?? 0));
      return sendScript(this.#client, name, [...keys, Math.trunc(timing.at), notAfter, ...args]);
    };
    return this.#calls.run(async () => {
      const reply = await send();
      if (!isLate(reply)) return reply;
      await this.#judgeLateness(tag, Number(reply[1]), timing.notAfter);
      const again = await send();
      if (isLate(again)) throw unavailable('the command reached Redis too late');
      return again;
    });
  }

  forgetServers(): void {
    this.#ahead.clear();
  }

  /** Late by the server, in time by the clock we measured: that server's clock is ahead, after a failover for example. */
  async #judgeLateness(tag: string, serverNow: number, notAfter: number): Promise<void> {
    const now = await this.#clock.now();
    if (now > notAfter) throw unavailable('the command reached Redis too late');
    this.#clock.expire();
    this.#ahead.set(tag, serverNow - now);
  }
}

function isLate(reply: Reply): boolean {
  return reply.length === 2 && statusOf(reply) === 'late';
}
