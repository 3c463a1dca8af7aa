/** Milliseconds on the one monotonic clock of the process that records. */
export type Instant = number;

/** Tokens by a digest of theirs: a history may be written to a file. */
export interface Pair {
  readonly access: string;
  readonly refresh: string;
}

/** An answer that says no. */
export interface Refused {
  readonly status: 'refused';
  readonly http: number;
  readonly code: string;
  readonly reason: string | null;
}

/** 503: it may have happened, at the latest when the answer came. */
export interface Unavailable {
  readonly status: 'unavailable';
  readonly code: string;
}

/** No answer came, or 503 `sessions_not_revoked`: it may have happened, or may yet. */
export interface Lost {
  readonly status: 'lost';
}

/** The process was not there: it has not happened. */
export interface Unsent {
  readonly status: 'unsent';
}

export type No = Refused | Unavailable | Lost | Unsent;

interface Timed {
  /** Its place in the history. */
  readonly index: number;
  /** Which of the app processes was asked. */
  readonly app: number;
  readonly user: string;
  readonly invokedAt: Instant;
  /** When its client knew what became of it, or that it never will. */
  readonly completedAt: Instant;
}

export interface SignIn extends Timed {
  readonly kind: 'sign-in';
  /** When its beginning had certainly been taken on the store's clock: before the password was read. */
  readonly begunAt: Instant;
  readonly limit: LimitTerms | null;
  readonly outcome: SignedIn | No;
}

/** How many sessions the user may have, and whether one more ends the oldest. */
export interface LimitTerms {
  readonly max: number;
  readonly evicts: boolean;
}

export interface SignedIn {
  readonly status: 'created';
  readonly session: string;
  readonly pair: Pair;
  /** The sessions that the answer says made room for it. */
  readonly evicted: readonly string[];
}

export interface Verify extends Timed {
  readonly kind: 'verify';
  readonly session: string;
  readonly access: string;
  /** Asked past any cache. */
  readonly fresh: boolean;
  readonly outcome: { readonly status: 'active' } | No;
}

export interface Refresh extends Timed {
  readonly kind: 'refresh';
  readonly session: string;
  readonly refresh: string;
  readonly outcome: { readonly status: 'renewed'; readonly pair: Pair } | No;
}

/** By which session's access token a caller was let in. */
export interface Shown {
  readonly session: string;
  readonly access: string;
}

export interface Revoke extends Timed {
  readonly kind: 'revoke';
  readonly session: string;
  readonly shown: Shown;
  readonly outcome: { readonly status: 'ended'; readonly durable: boolean } | No;
}

/** Raises the user's epoch. */
export interface RevokeAll extends Timed {
  readonly kind: 'revoke-all';
  /** The session that asked for the others to be ended; null where it asked for all. */
  readonly keeps: string | null;
  /** Asks for new tokens for the one it keeps: a change of password. */
  readonly rekeys: boolean;
  readonly shown: Shown;
  readonly outcome: { readonly status: 'ended'; readonly durable: boolean; readonly kept: Kept | null } | No;
}

/** The session that a change of password kept, and its new tokens. */
export interface Kept {
  readonly session: string;
  readonly pair: Pair;
}

export type Operation = SignIn | Verify | Refresh | Revoke | RevokeAll;

/** What the nemesis did. */
export interface Fault {
  readonly name: string;
  readonly from: Instant;
  /** When it was healed, and all servers agreed again. */
  readonly until: Instant;
  /** Whether Redis itself may have lost what it had acknowledged, or have answered from a master that was none any more. */
  readonly loses: boolean;
}

/** What the apps were configured to promise; times in milliseconds. */
export interface Terms {
  /** How long an access token lives. */
  readonly access: number;
  readonly grace: number;
  /** The near cache's bound of each app process; null where it has none. */
  readonly maxStale: readonly (number | null)[];
  /** Whether the store waits for replicas before it calls a revocation durable. */
  readonly durability: boolean;
}

/** All that was seen of a run. */
export interface History {
  readonly terms: Terms;
  /** By `invokedAt`. */
  readonly operations: readonly Operation[];
  readonly faults: readonly Fault[];
}
