import { SessionError } from '../../../lib/domain/error';
import type { SessionManager } from '../../../lib/session-manager';
import { laptop } from '../../fixtures/session-bench';
import { waitUntil } from '../../harness/wait-until';

/** A session as its holder knows it. */
export interface Held {
  readonly userId: string;
  readonly id: string;
  access: string;
  refresh: string;
  /** How often it was renewed, as far as its holder was told. */
  generation: number;
  /** `ending`: a sign-out was sent, and nothing came back. */
  state: 'live' | 'ending' | 'ended';
}

/** Something that must not be, unless Redis itself lost a write. */
export interface Anomaly {
  readonly id: string;
  readonly what: string;
}

// Enough that each round asks for one that was just ended and for one that was ended long ago.
const remembered = 6;

/** People who sign in, use, renew and end sessions without a pause, and who check every answer against what they know. */
export class Traffic {
  readonly held = new Set<Held>();
  readonly anomalies: Anomaly[] = [];
  /** What failed as a store may fail. */
  readonly faults: SessionError[] = [];
  /** Steps that succeeded, by user. */
  readonly steps = new Map<string, number>();
  readonly #sessions: SessionManager;
  readonly #people: Promise<void>[];
  #isOver = false;

  constructor(sessions: SessionManager, userIds: readonly string[]) {
    this.#sessions = sessions;
    this.#people = userIds.map((userId) => this.#live(userId));
  }

  /** Resolves when each of these people has done so many steps more. */
  async progress(
    count: number,
    userIds: readonly string[] = [...this.steps.keys()],
    patience = 30_000,
  ): Promise<void> {
    const before = new Map(this.steps);
    const hasDone = (userId: string): boolean =>
      this.steps.get(userId)! - (before.get(userId) ?? 0) >= count || this.anomalies.length > 100;
    await waitUntil('the people go on', () => userIds.every(hasDone), patience);
  }

  /** Lets everyone finish, then checks all sessions once more: now nothing may fail. */
  async end(): Promise<void> {
    await this.stop();
    const before = this.faults.length;
    await Promise.all([...this.held].map((session) => this.#check(session)));
    const live = [...this.held].filter(({ state }) => state === 'live');
    await Promise.all(live.map((session) => this.#renew(session)));
    for (const userId of this.steps.keys()) await this.#compareList(userId);
    for (const fault of this.faults.slice(before))
      this.anomalies.push({ id: '', what: `in the end: ${String(fault.cause)}` });
  }

  /** To be called whatever became of the test: they would go on for ever. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#people);
  }

  async #live(userId: string): Promise<void> {
    this.steps.set(userId, 0);
    for (let round = 0; !this.#isOver; round += 1) {
      const mine = [...this.held].filter((session) => session.userId === userId);
      const live = mine.filter(({ state }) => state === 'live');
      const steps = [
        ...(live.length < 2 ? [() => this.#signIn(userId)] : []),
        ...mine.map((session) => () => this.#check(session)),
        ...live.slice(0, round % 2).map((session) => () => this.#renew(session)),
        ...(round % 3 === 2 ? live.slice(1, 2) : []).map((session) => () => this.#leave(session)),
        ...mine.filter(({ state }) => state === 'ending').map((session) => () => this.#leave(session)),
      ];
      for (const step of steps) await step();
      const ended = mine.filter(({ state }) => state === 'ended');
      for (const session of ended.slice(0, -remembered)) this.held.delete(session);
    }
  }

  async #signIn(userId: string): Promise<void> {
    const outcome = await this.#try(userId, () => this.#sessions.create({ userId, client: laptop }));
    if (outcome === undefined) return;
    if (outcome.status !== 'created') return this.#note(userId, `signing in was answered ${outcome.status}`);
    const { accessToken: access, refreshToken: refresh } = outcome.tokens;
    this.held.add({ userId, id: outcome.session.id, access, refresh: refresh!, generation: 0, state: 'live' });
  }

  async #check(session: Held): Promise<void> {
    const outcome = await this.#try(session.userId, () => this.#sessions.verify(session.access, laptop));
    if (outcome === undefined || session.state === 'ending') return;
    if ((outcome.status === 'active') === (session.state === 'live')) return;
    this.#drop(session, `${session.state}, and answered ${outcome.status}`);
  }

  async #renew(session: Held): Promise<void> {
    const outcome = await this.#try(session.userId, () => this.#sessions.refresh(session.refresh, laptop));
    if (outcome === undefined) return;
    if (!('tokens' in outcome)) return this.#drop(session, `its renewal was answered ${outcome.status}`);
    session.access = outcome.tokens.accessToken;
    session.refresh = outcome.tokens.refreshToken!;
    session.generation += 1;
  }

  async #leave(session: Held): Promise<void> {
    session.state = 'ending';
    const outcome = await this.#try(session.userId, () => this.#sessions.revoke(session.id));
    if (outcome === undefined) return;
    session.state = 'ended';
    const replay = await this.#try(session.userId, () => this.#sessions.refresh(session.refresh, laptop));
    if (replay && 'tokens' in replay) this.#drop(session, `ended, and its renewal was answered ${replay.status}`);
  }

  async #compareList(userId: string): Promise<void> {
    const page = await this.#try(userId, () => this.#sessions.list(userId, { limit: 100 }));
    const listed = new Set(page?.data.map(({ id }) => id));
    for (const { id, state, userId: owner } of this.held) {
      if (owner === userId && listed.has(id) !== (state === 'live'))
        this.#note(id, `${state}, and listed: ${listed.has(id)}`);
    }
  }

  /** undefined where the store failed as it may. */
  async #try<T>(userId: string, step: () => Promise<T>): Promise<T | undefined> {
    try {
      const answer = await step();
      this.steps.set(userId, this.steps.get(userId)! + 1);
      return answer;
    } catch (error) {
      if (error instanceof SessionError && error.code === 'store_unavailable') this.faults.push(error);
      else this.#note(userId, String(error));
      return undefined;
    }
  }

  #drop(session: Held, what: string): void {
    this.held.delete(session);
    this.#note(session.id, what);
  }

  #note(id: string, what: string): void {
    this.anomalies.push({ id, what });
  }
}
