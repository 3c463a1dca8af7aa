import type { Place, ReferenceSession } from './reference-session';

/** A pair of tokens that was given out once. */
export interface IssuedPair extends Place {
  readonly session: ReferenceSession;
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
}

/** All that the reference knows: users, their sessions, and every pair that was ever issued. */
export class ReferenceLife {
  readonly users = ['alice', 'bob'] as const;
  readonly sessions: ReferenceSession[] = [];
  readonly pairs: IssuedPair[] = [];
  readonly #allEndedAt = new Map<string, number>();

  constructor(public at: number) {}

  add(session: ReferenceSession): void {
    this.sessions.push(session);
  }

  issue(session: ReferenceSession, tokens: { accessToken: string; refreshToken?: string }): void {
    const { family, generation } = session;
    const { accessToken, refreshToken } = tokens;
    this.pairs.push({ session, family, generation, accessToken, refreshToken });
  }

  /** The pair of a session that was issued for this place. */
  pairAt(session: ReferenceSession, { family, generation }: Place): IssuedPair | undefined {
    return this.pairs.find(
      (pair) => pair.session === session && pair.family === family && pair.generation === generation,
    );
  }

  liveOf(user: string): ReferenceSession[] {
    return this.sessions.filter((session) => session.user === user && session.isLive(this.at));
  }

  endedOf(user: string): ReferenceSession[] {
    return this.sessions.filter((session) => session.user === user && session.endedFor !== null);
  }

  epochOf(user: string): number {
    return this.#allEndedAt.get(user) ?? -Infinity;
  }

  /** Ends a user's live sessions but one; those that began after count as later. Their number. */
  endAll(user: string, kept: ReferenceSession | undefined, reason: string): number {
    const doomed = this.liveOf(user).filter((session) => session !== kept && session.startedAt <= this.at);
    for (const session of doomed) session.end(reason);
    this.#allEndedAt.set(user, this.at);
    if (kept) kept.startedAt = Math.max(kept.startedAt, this.at + 1);
    return doomed.length;
  }
}
