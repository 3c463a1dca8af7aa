import type { Fault, History, LimitTerms, No, Operation, Pair, RevokeAll, SignIn, Terms } from '../history';

/** From when until when, in milliseconds. */
type Time = readonly [invokedAt: number, completedAt: number];

interface Place {
  readonly app?: number;
  readonly outcome?: No;
}

type Timed = Pick<Operation, 'index' | 'app' | 'user' | 'invokedAt' | 'completedAt'>;

const terms: Terms = { access: 60_000, grace: 10_000, maxStale: [null, null, 2_000, 2_000], durability: true };

/** The pair of a session's generation, such as `phone.0`. */
export const pairOf = (name: string): Pair => ({ access: `access of ${name}`, refresh: `refresh of ${name}` });
const sessionOf = (name: string): string => name.split('.')[0]!;

export const lost: No = { status: 'lost' };
export const unavailable: No = { status: 'unavailable', code: 'store_unavailable' };
export const refused = (code: string, reason: string | null = null): No => ({
  status: 'refused',
  http: code === 'session_limit_reached' || code === 'stale_sign_in' ? 409 : 401,
  code,
  reason,
});

/** A history made by hand, of one user. Pairs are named `session.generation`; without an outcome an operation succeeds. */
export class Story {
  readonly #operations: Operation[] = [];
  readonly #faults: Fault[] = [];
  readonly #terms: Terms;

  constructor(changed: Partial<Terms> = {}) {
    this.#terms = { ...terms, ...changed };
  }

  signIn(
    session: string,
    time: Time,
    { limit = null, evicted = [], begunAt = time[0], ...place }: Place & Partial<SignInFacts> = {},
  ): this {
    const created = { status: 'created', session, pair: pairOf(`${session}.0`), evicted } as const;
    return this.#add({
      kind: 'sign-in',
      ...this.#timed(time, place),
      begunAt,
      limit,
      outcome: place.outcome ?? created,
    });
  }

  verify(pair: string, time: Time, { fresh = false, ...place }: Place & { fresh?: boolean } = {}): this {
    return this.#add({
      kind: 'verify',
      ...this.#timed(time, place),
      session: sessionOf(pair),
      access: pairOf(pair).access,
      fresh,
      outcome: place.outcome ?? { status: 'active' },
    });
  }

  /** `to`: the pair that it brings. */
  refresh(pair: string, time: Time, { to = '', ...place }: Place & { to?: string }): this {
    return this.#add({
      kind: 'refresh',
      ...this.#timed(time, place),
      session: sessionOf(pair),
      refresh: pairOf(pair).refresh,
      outcome: place.outcome ?? { status: 'renewed', pair: pairOf(to) },
    });
  }

  revoke(session: string, time: Time, { durable = true, by, ...place }: Place & Revocation = {}): this {
    return this.#add({
      kind: 'revoke',
      ...this.#timed(time, place),
      session,
      shown: shownBy(by ?? `${session}.0`),
      outcome: place.outcome ?? { status: 'ended', durable },
    });
  }

  /** Ends the others of the session that asks, and gives that one the pair `rekeyed`, if any. */
  revokeOthers(by: string, time: Time, { durable = true, rekeyed, ...place }: Place & Rekeying = {}): this {
    const kept = rekeyed === undefined ? null : { session: sessionOf(rekeyed), pair: pairOf(rekeyed) };
    return this.#revokeAll(by, time, place, { keeps: sessionOf(by), rekeys: kept !== null }, { durable, kept });
  }

  revokeAll(by: string, time: Time, { durable = true, ...place }: Place & Revocation = {}): this {
    return this.#revokeAll(by, time, place, { keeps: null, rekeys: false }, { durable, kept: null });
  }

  /** Redis may have lost something. */
  failover(from: number, until: number): this {
    this.#faults.push({ name: 'failover', from, until, loses: true });
    return this;
  }

  /** Redis stayed as it was. */
  partition(from: number, until: number): this {
    this.#faults.push({ name: 'partition', from, until, loses: false });
    return this;
  }

  get history(): History {
    const operations = this.#operations.toSorted((one, other) => one.invokedAt - other.invokedAt);
    return { terms: this.#terms, operations, faults: this.#faults };
  }

  #revokeAll(
    by: string,
    time: Time,
    place: Place,
    wish: Pick<RevokeAll, 'keeps' | 'rekeys'>,
    ended: Omit<Extract<RevokeAll['outcome'], { status: 'ended' }>, 'status'>,
  ): this {
    const outcome = place.outcome ?? { status: 'ended', ...ended };
    return this.#add({ kind: 'revoke-all', ...this.#timed(time, place), ...wish, shown: shownBy(by), outcome });
  }

  #timed([invokedAt, completedAt]: Time, { app = 0 }: Place): Timed {
    return { index: this.#operations.length, app, user: 'alice', invokedAt, completedAt };
  }

  #add(operation: Operation): this {
    this.#operations.push(operation);
    return this;
  }
}

interface SignInFacts extends Pick<SignIn, 'begunAt'> {
  readonly limit: LimitTerms | null;
  readonly evicted: readonly string[];
}

interface Revocation {
  readonly durable?: boolean;
  readonly by?: string;
}

interface Rekeying {
  readonly durable?: boolean;
  readonly rekeyed?: string;
}

const shownBy = (pair: string) => ({ session: sessionOf(pair), access: pairOf(pair).access });
