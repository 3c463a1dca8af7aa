import type { AuditEntry } from '../domain/audit-entry';
import type { Digest } from '../domain/secret';
import type { SessionId, UserKey } from '../domain/session-id';
import type { Ending, Profile } from '../domain/session-record';

/**
 * What every write carries. A store that receives the same `attempt` twice answers as it did the first time and changes
 * nothing more; one that receives it after `notAfter` changes nothing and throws.
 *
 * A connection that drops resends all that was in flight, in order. So a session remembers its last four attempts, and a
 * user the last four that ended many at once (revoke-alls, trims, and sign-ins that ended more than leave tombstones) and the
 * last four that set their limit. A remembered write is answered with its first status and the record as it is now,
 * before any comparison; but a session that ended in between stays ended: `create` shows the tombstone, `rotate` is
 * `unchanged`, the others are `missing`.
 *
 * A session is live while it has not ended and its effective expiry lies after `at`. Writes on one that is not are
 * `missing`, unless their command says otherwise.
 */
export interface Write {
  /** 8 random bytes; the same on every resend of one command. */
  readonly attempt: Buffer;
  /** The instant to judge and stamp by, in milliseconds on the manager's clock. */
  readonly at: number;
  /** The instant at which the caller gives up, in milliseconds on the store's own clock (`now()`). */
  readonly notAfter: number;
}

/**
 * Compares and swaps the current pair: writes only where the session is live, within its refresh, idle and absolute deadlines,
 * its refresh token not revoked, and `family`, `generation` and `presented` are its current ones. Then, and only then, it
 * compares `startedAt` with the epoch. It is recognised by `nonce`, which the record keeps, instead of its attempt.
 */
export interface Rotate extends Write {
  readonly id: SessionId;
  readonly family: Buffer;
  readonly generation: number;
  readonly presented: Digest;
  readonly nonce: Buffer;
  readonly accessDigest: Digest;
  readonly refreshDigest: Digest;
  /** false: the refresh deadline and `lastSeenAt` stay. */
  readonly slide: boolean;
}

/**
 * Counts one more presentation of the parent, and starts the access lifetime anew if it ran out unused, that is
 * unconfirmed. `conflict` where family or generation is another, there is no parent, or the refresh token is revoked. Only where
 * it is none of these, `startedAt` is compared with the epoch: one that is not later is `outdated`.
 */
export interface Repeat extends Write {
  readonly id: SessionId;
  readonly family: Buffer;
  /** The record's current one, not the parent's. */
  readonly generation: number;
  /** Written on the first repeat after a rotation only. */
  readonly audit: AuditEntry;
}

/**
 * Activity: moves `lastSeenAt` (never backwards) and, without refresh tokens, the access deadline (never backwards, and
 * not where `refreshRevoked` says that nothing renews); confirms a generation. A session that began at or before the epoch
 * is `outdated`, and nothing moves.
 */
export interface Touch {
  readonly id: SessionId;
  readonly at: number;
  readonly notAfter: number;
  /** false: only confirms. */
  readonly slide: boolean;
  /** The generation whose token was presented; no effect on any other. null: nothing to confirm. */
  readonly confirm: number | null;
}

/**
 * New family, new digests, generation 0, no parent, deadlines anew. Everything issued before dies now. `conflict` where the family
 * or the amended version is another; only where it is none, `startedAt` is compared with the epoch: one that is not later is
 * `outdated`.
 */
export interface Rekey extends Write {
  readonly id: SessionId;
  /** The family it was judged by; a session that has been given another since is a `conflict`. */
  readonly family: Buffer;
  readonly keys: NewKeys;
  /** Applied only where the record still has this version; otherwise `conflict`. */
  readonly amendment: {
    readonly version: number;
    readonly profile: Profile;
    readonly authenticatedAt: number;
    /** false: its user has just proved who they are. */
    readonly stepUp: boolean;
  } | null;
  readonly audit: AuditEntry;
}

/** What replaces the keys of a session: digests only. */
export interface NewKeys {
  readonly family: Buffer;
  readonly accessDigest: Digest;
  /** Ignored where the session has no refresh tokens. */
  readonly refreshDigest: Digest | null;
}

/** Replaces what a session shows, where it still has the version the amendment was made from. */
export interface Amend extends Write {
  readonly id: SessionId;
  readonly version: number;
  readonly profile: Profile;
  readonly data: Readonly<Record<string, unknown>>;
  readonly trusted: boolean;
  readonly stepUp: boolean;
  /** null: none, of a session that has only moved to another network. */
  readonly audit: AuditEntry | null;
}

/**
 * Ends one token and not its session: the access token's life is over now, or the refresh token renews nothing any more.
 * A current token counts as presented by it, so that no repeat starts a retired access token anew. Without refresh tokens,
 * retiring the access token sets `refreshRevoked` too, so that no touch on its way makes it slide on. `missing` also where
 * the digest is neither token's.
 */
export interface Retire extends Write {
  readonly id: SessionId;
  readonly kind: 'access' | 'refresh';
  /** Of the current or the parent token of that kind. */
  readonly digest: Digest;
  readonly audit: AuditEntry;
}

/**
 * Ends one session: deletes it first, then leaves a tombstone (the whole record, less `data`), then the audit entry. One
 * that is a tombstone already is `ended` and unchanged; one that ran out by time is `missing`.
 */
export interface Revoke extends Write {
  readonly id: SessionId;
  /** Where given, a session of any other user is `missing`. */
  readonly owner: UserKey | null;
  /** Where given, a session that has been given another family since is `missing`. */
  readonly family: Buffer | null;
  readonly ending: Ending;
  readonly audit: AuditEntry;
}

/**
 * Ends the live sessions of a user that began at or before `epoch`, and refuses sign-ins that did. The user's epoch is the
 * highest that any brought, with the reason of that one. Where `at` is not past `notAfter` (they are on one clock), a session
 * that began after `notAfter` ends as well: the clock has been set back since, and it must not escape for that.
 */
export interface RevokeAll extends Write {
  readonly user: UserKey;
  /** null (with `untrustedOnly`): in-flight sign-ins are left alone and every untrusted session ends that was created by `at`. */
  readonly epoch: number | null;
  readonly untrustedOnly: boolean;
  /** At most so many end, those that expire last first, and where none does there is no entry; null: all. */
  readonly most: number | null;
  /**
   * The session to keep; its `startedAt` moves to epoch + 1 where it is not past it. Of another user, not live, or outdated by the
   * epoch or the floor of before: none.
   */
  readonly except: SessionId | null;
  /**
   * Keeps it only where this is the digest of its current or parent access token: whoever was admitted before the session was
   * re-keyed has no more claim to it. null: keeps it whatever its tokens are.
   */
  readonly exceptDigest: Digest | null;
  /** Re-keys the kept session in the same step. */
  readonly rekey: NewKeys | null;
  readonly ending: Ending;
  /** The one entry for all of them; the store fills in `count`, and writes it even where that is 0, unless `most` is given. */
  readonly audit: AuditEntry;
}

/** A position in a list: the member behind which the next page starts. */
export interface ListPosition {
  readonly score: number;
  readonly id: SessionId;
}

/** A page of a user's sessions of one kind. */
export interface ListQuery {
  readonly user: UserKey;
  readonly at: number;
  /**
   * `active` by effective expiry, nearest first: renewal only moves a session towards the end of the walk, so none that
   * lives throughout is missed. `expired`: ran out by time, the latest first. `ended`: tombstones, the latest first.
   */
  readonly kind: 'active' | 'expired' | 'ended';
  readonly after: ListPosition | null;
  /** At most this many. A page may be shorter; only `next: null` says that nothing follows. */
  readonly limit: number;
  readonly applicationId: string | null;
}

/** A page of a user's history, what was written last first. */
export interface HistoryQuery {
  readonly user: UserKey;
  /** The instant to judge by: what is past its retention then is not shown. */
  readonly at: number;
  /** The last entry already seen. Where it is not remembered any more, the page goes on with what is older than it was. */
  readonly after: HistoryPosition | null;
  readonly limit: number;
}

/** An entry of a history, and when that was. */
export type HistoryPosition = Pick<AuditEntry, 'id' | 'at'>;
