import { setTimeout as pause } from 'node:timers/promises';
import { SessionError } from '../../../lib/domain/error';
import type { SessionManager } from '../../../lib/session-manager';

/** A session whose end was acknowledged, and what was said of it afterwards. */
interface Ended {
  readonly id: string;
  readonly accessToken: string;
  /** How often it was accepted by a check that began after the acknowledgement. */
  accepted: number;
}

export interface CrowdReport {
  /** What failed, by code of the error, or by its text where it is none of ours. */
  readonly faults: ReadonlyMap<string, number>;
  /** Milliseconds. */
  readonly slowest: number;
  /** Milliseconds: the longest time in which no step succeeded at all. */
  readonly standstill: number;
  /** Outcomes of renewals, and how often. */
  readonly renewals: ReadonlyMap<string, number>;
  readonly ended: readonly Ended[];
}

const breather = 5;

/** People who sign in, renew, are checked and sign out, each step at either of the processes, until they are told to stop. */
export class FailoverCrowd {
  readonly #managers: readonly SessionManager[];
  readonly #faults = new Map<string, number>();
  readonly #renewals = new Map<string, number>();
  readonly #ended: Ended[] = [];
  readonly #lives: Promise<void>[];
  #slowest = 0;
  #standstill = 0;
  #answers = 0;
  #answeredAt = performance.now();
  #isOver = false;

  constructor(managers: readonly SessionManager[], people: number) {
    this.#managers = managers;
    this.#lives = Array.from({ length: people }, (_, index) => this.#live(`person-${index}`));
    this.#lives.push(this.#lookBack());
  }

  /** How many steps succeeded so far. */
  get answers(): number {
    return this.#answers;
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#lives);
  }

  report(): CrowdReport {
    return {
      faults: this.#faults,
      slowest: this.#slowest,
      standstill: this.#standstill,
      renewals: this.#renewals,
      ended: this.#ended,
    };
  }

  async #live(userId: string): Promise<void> {
    for (let round = 0; !this.#isOver; round += 1) {
      await pause(breather);
      const here = this.#managers[round % this.#managers.length]!;
      const there = this.#managers[(round + 1) % this.#managers.length]!;
      const created = await this.#step(() => here.create({ userId }));
      if (created?.status !== 'created') continue;
      let { accessToken, refreshToken } = created.tokens;
      for (let renewal = 0; renewal < 3; renewal += 1) {
        await this.#step(() => there.verify(accessToken));
        const outcome = await this.#step(() => here.refresh(refreshToken!));
        if (outcome) count(this.#renewals, outcome.status);
        if (outcome && 'tokens' in outcome) ({ accessToken, refreshToken } = outcome.tokens);
        await pause(breather);
      }
      const { id } = created.session;
      const revoked = await this.#step(() => there.revoke(id));
      if (revoked?.status === 'ended') this.#ended.push({ id, accessToken, accepted: 0 });
    }
  }

  /** Asks all the time, at every process, whether those that were ended last are still accepted. */
  async #lookBack(): Promise<void> {
    while (!this.#isOver) {
      await pause(breather);
      const recent = this.#ended.slice(-10);
      const checks = recent.flatMap((ended) => this.#managers.map((manager) => this.#check(manager, ended)));
      await Promise.all(checks);
    }
  }

  async #check(manager: SessionManager, ended: Ended): Promise<void> {
    const outcome = await this.#step(() => manager.verify(ended.accessToken));
    if (outcome?.status === 'active') ended.accepted += 1;
  }

  #noteAnswer(): void {
    const now = performance.now();
    this.#standstill = Math.max(this.#standstill, now - this.#answeredAt);
    this.#answeredAt = now;
    this.#answers += 1;
  }

  async #step<Outcome>(work: () => Promise<Outcome>): Promise<Outcome | undefined> {
    const begun = performance.now();
    try {
      const outcome = await work();
      this.#noteAnswer();
      return outcome;
    } catch (fault) {
      count(this.#faults, fault instanceof SessionError ? fault.code : String(fault));
      return undefined;
    } finally {
      this.#slowest = Math.max(this.#slowest, performance.now() - begun);
    }
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
