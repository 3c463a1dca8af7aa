import type { Redis } from 'ioredis';
import { isRefusal, messageOf } from '../faults';
import type { Argument } from '../reply';
import { defineScripts } from '../script-runner';
import type { ScriptName, Scripts } from '../script-texts';
import type { DurabilitySettings } from './settings';
import { type Answered, Turn } from './turn';

// Memory must not grow while a master is slow: beyond this, writes go another way at once.
const mostWaiting = 10_000;

/**
 * One connection to one master, for security writes alone, that lives once: it never reconnects and resends nothing, so that what
 * its WAIT confirms is what it has written itself. A WAIT holds up what comes after it on the connection; so while one is on its way
 * writes gather, and then all of them are sent together and share the next.
 */
export class MasterLink {
  readonly #client: Redis;
  readonly #scripts: Scripts;
  readonly #settings: DurabilitySettings;
  readonly #onRefused: (cause: string) => void;
  readonly #opening: Promise<void>;
  readonly #waiting = new Set<Turn>();
  #working: Promise<void> | undefined;
  #isOpen = false;
  #isOver = false;

  /** @param client - not connected yet, without any way to reconnect. `onRefused` hears where WAIT is not permitted. */
  constructor(client: Redis, scripts: Scripts, settings: DurabilitySettings, onRefused: (cause: string) => void) {
    this.#onRefused = onRefused;
    this.#client = client;
    this.#scripts = scripts;
    this.#settings = settings;
    // What went wrong is told to whoever waits for an answer.
    client.on('error', () => undefined);
    client.once('end', () => this.end());
    defineScripts(client, Object.values(scripts));
    this.#opening = client.connect().then(() => void (this.#isOpen = true));
    this.#opening.catch(() => this.end());
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** @throws NotSent, or what the server or the connection said: then it may have run. */
  async send(name: ScriptName, args: readonly Argument[], patience: number): Promise<Answered> {
    const turn = new Turn(this.#scripts[name], args);
    const timer = setTimeout(() => this.#giveUp(turn), patience);
    this.#enqueue(turn);
    try {
      return await turn.answered;
    } finally {
      clearTimeout(timer);
    }
  }

  /** At once: what is on its way is lost. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#client.disconnect();
    for (const turn of this.#waiting) turn.refuse('the connection has ended');
    this.#waiting.clear();
  }

  /** Once it has been answered what is on its way, or after `patience`. */
  async finish(patience: number): Promise<void> {
    const timer = setTimeout(() => this.end(), patience);
    await this.#working;
    clearTimeout(timer);
    this.end();
  }

  #enqueue(turn: Turn): void {
    if (this.#isOver) return turn.refuse('the connection has ended');
    if (this.#waiting.size >= mostWaiting) return turn.refuse(`${mostWaiting} writes are waiting already`);
    this.#waiting.add(turn);
    this.#working ??= this.#work();
  }

  /** A connection that does not answer, or does not come about, is not waited for twice. */
  #giveUp(turn: Turn): void {
    this.#waiting.delete(turn);
    turn.refuse('no turn in time');
    if (turn.isSent || !this.#isOpen) this.end();
  }

  async #work(): Promise<void> {
    await this.#opening.catch(() => undefined);
    while (this.#waiting.size > 0) {
      const turns = [...this.#waiting];
      this.#waiting.clear();
      const written = await Promise.all(turns.map((turn) => turn.run(this.#client)));
      const durable = !written.includes(true) || (await this.#isConfirmed());
      for (const turn of turns) turn.settle(durable);
      // It may lead to a primary that was cut off: the next write looks for the master anew.
      if (!durable) this.end();
    }
    this.#working = undefined;
  }

  async #isConfirmed(): Promise<boolean> {
    const { replicas, timeoutMilliseconds } = this.#settings;
    try {
      return (await this.#client.wait(replicas, timeoutMilliseconds)) >= replicas;
    } catch (fault) {
      if (isRefusal(fault)) this.#onRefused(messageOf(fault));
      // Else gone before it answered, or no master any more.
      return false;
    }
  }
}
