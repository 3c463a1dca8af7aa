import { type AppProcess } from '../app/app-process';
import type { LimitTerms, No } from '../history';
import { labelled, labelOf, type Recorder, type Tokens } from '../recorder';
import { HeldSession } from './held-session';
import { ask, type HttpAnswer, type HttpQuestion } from './http-answer';
import { refusalIn } from './refusal';

interface SessionAnswer {
  readonly session: { readonly id: string };
  readonly tokens: Tokens;
}

/** What clients can do, each as one request that is written down from its beginning to its outcome. */
export class Operations {
  readonly #apps: readonly AppProcess[];
  readonly #recorder: Recorder;

  constructor(apps: readonly AppProcess[], recorder: Recorder) {
    this.#apps = apps;
    this.#recorder = recorder;
  }

  get appCount(): number {
    return this.#apps.length;
  }

  /** `typing`: how many milliseconds the password takes. Gives the session and the ids of those that made room for it. */
  async signIn(
    app: number,
    user: string,
    limit: LimitTerms | null,
    typing: () => Promise<void>,
  ): Promise<{ held: HeldSession; evicted: readonly string[] } | No> {
    const done = this.#recorder.begin();
    const first = await this.#ask(app, { method: 'GET', path: '/beginning' });
    const notBegun = refusalIn(first);
    // Nothing has happened yet that anyone could see.
    if (notBegun) return notBegun;
    const begunAt = this.#recorder.now();
    await typing();
    const { startedAt } = bodyOf<{ startedAt: number }>(first);
    const body = { userId: user, startedAt, limit: limit && limitOption(limit) };
    const answer = await this.#ask(app, { method: 'POST', path: '/login', body });
    const fact = { kind: 'sign-in', app, user, begunAt, limit } as const;
    const no = refusalIn(answer);
    if (no) {
      done({ ...fact, outcome: no });
      return no;
    }
    const { session, tokens, ended } = bodyOf<SessionAnswer & { ended: { id: string }[] }>(answer);
    const evicted = ended.map(({ id }) => id);
    done({ ...fact, outcome: { status: 'created', session: session.id, pair: labelled(tokens), evicted } });
    return { held: new HeldSession(session.id, user, tokens), evicted };
  }

  /** `accessToken`: the held one unless given. */
  async verify(
    app: number,
    held: HeldSession,
    { fresh = false, accessToken = held.tokens.accessToken }: { fresh?: boolean; accessToken?: string } = {},
  ): Promise<'active' | No> {
    const done = this.#recorder.begin();
    const path = fresh ? '/me/fresh' : '/me';
    const no = refusalIn(await this.#ask(app, { method: 'GET', path, token: accessToken }));
    const fact = { kind: 'verify', app, user: held.user, session: held.id, fresh } as const;
    done({ ...fact, access: labelOf(accessToken), outcome: no ?? { status: 'active' } });
    return no ?? 'active';
  }

  async refresh(app: number, held: HeldSession, refreshToken: string): Promise<{ tokens: Tokens } | No> {
    const done = this.#recorder.begin();
    const answer = await this.#ask(app, { method: 'POST', path: '/sessions/refresh', body: { refreshToken } });
    const no = refusalIn(answer);
    const fact = { kind: 'refresh', app, user: held.user, session: held.id } as const;
    const tokens = no ? undefined : bodyOf<SessionAnswer>(answer).tokens;
    const outcome = tokens ? ({ status: 'renewed', pair: labelled(tokens) } as const) : no!;
    done({ ...fact, refresh: labelOf(refreshToken), outcome });
    return tokens ? { tokens } : no!;
  }

  /** Ends a session of the same user, or itself. */
  async revoke(app: number, by: HeldSession, session: string): Promise<{ durable: boolean } | No> {
    const done = this.#recorder.begin();
    const path = session === by.id ? '/sessions/current' : `/sessions/${session}`;
    const { shown, tokens, user } = by;
    const answer = await this.#ask(app, { method: 'DELETE', path, token: tokens.accessToken });
    const ended = endedBy(answer);
    const fact = { kind: 'revoke', app, user, session, shown } as const;
    done({ ...fact, outcome: 'status' in ended ? ended : { status: 'ended', ...ended } });
    return ended;
  }

  async revokeAll(app: number, by: HeldSession, scope: 'others' | 'all'): Promise<{ durable: boolean } | No> {
    const done = this.#recorder.begin();
    const { shown, tokens, user } = by;
    const path = `/sessions?scope=${scope}`;
    const ended = endedBy(await this.#ask(app, { method: 'DELETE', path, token: tokens.accessToken }));
    const keeps = scope === 'others' ? by.id : null;
    const fact = { kind: 'revoke-all', app, user, keeps, rekeys: false, shown } as const;
    done({ ...fact, outcome: 'status' in ended ? ended : { status: 'ended', ...ended, kept: null } });
    return ended;
  }

  /** Ends the user's other sessions. Gives this one's new tokens; null where it has ended too. */
  async changePassword(app: number, by: HeldSession): Promise<{ durable: boolean; tokens: Tokens | null } | No> {
    const done = this.#recorder.begin();
    const { shown, tokens: old, user } = by;
    const answer = await this.#ask(app, { method: 'POST', path: '/password', token: old.accessToken });
    const fact = { kind: 'revoke-all', app, user, keeps: by.id, rekeys: true, shown } as const;
    const no = refusalIn(answer);
    if (no) {
      done({ ...fact, outcome: no });
      return no;
    }
    const { durable, tokens = null } = bodyOf<{ durable: boolean; tokens?: Tokens }>(answer);
    const kept = tokens && { session: by.id, pair: labelled(tokens) };
    done({ ...fact, outcome: { status: 'ended', durable, kept } });
    return { durable, tokens };
  }

  #ask(app: number, question: HttpQuestion): Promise<HttpAnswer> {
    const address = this.#apps[app]?.address;
    return address ? ask(address, question) : Promise.resolve({ status: 'unsent' });
  }
}

function limitOption({ max, evicts }: LimitTerms): object {
  return { max, onExceeded: evicts ? 'evict-oldest' : 'reject' };
}

/** 202 is for what a failover could still undo. */
function endedBy(answer: HttpAnswer): { durable: boolean } | No {
  return refusalIn(answer) ?? { durable: answer.status === 'answered' && answer.http !== 202 };
}

function bodyOf<Body>(answer: HttpAnswer): Body {
  return (answer.status === 'answered' ? answer.body : undefined) as Body;
}
