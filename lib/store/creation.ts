import type { AuditEntry } from '../domain/audit-entry';
import type { EvictionOrder, Limits } from '../domain/limits';
import type { Digest } from '../domain/secret';
import type { SessionId, UserKey } from '../domain/session-id';
import type { Ending, SessionRecord } from '../domain/session-record';
import type { OneTimeId } from '../domain/slotted-id';
import type { Write } from './commands';
import type { OneTime } from './one-times';

/**
 * Adds a session where the limits allow it; in the same step ends the ones that it replaces or that make room for it.
 *
 * In this order, and writing nothing before all of it is settled: the one-time token it consumes, the epoch, what it
 * replaces, the target that was named, the limits. An id that another attempt has used is a fault: the store throws, and
 * nothing changes.
 *
 * The limits count the user's live sessions, this one included and those that it replaces or was told to end excluded. A session
 * that an administrator uses in the user's place (`profile.impersonator`) counts for none of them, makes room for none, is
 * replaced for no device, and is none of the others that the outcome counts. Only
 * those that hold for this session count: the user's, that of its application, that of its device type. Where they are
 * exceeded, `evict` ends as many as it takes: first what the narrower limits need, since that counts for the wider one
 * too, each time in the given order.
 */
export interface Create extends Write {
  /** A `startedAt` ahead of `at` counts as `at`. */
  readonly record: SessionRecord;
  /**
   * Whether `record.startedAt` was taken before the credentials were read. Then a `startedAt` at or before the user's
   * epoch is refused, and nothing is replaced; otherwise the store moves it to epoch + 1 where it is not past it.
   */
  readonly ordered: boolean;
  readonly audit: AuditEntry;
  readonly replaces: readonly Replaced[];
  /**
   * Replaces the user's live sessions of the same application with the record's `deviceId` too, where any limit holds for
   * this session.
   */
  readonly replacesDevice: boolean;
  /** How the sessions end that are replaced. */
  readonly replacing: Farewell;
  readonly limits: Limits;
  /** null: where the limits are exceeded, nothing is written but `onReached`. */
  readonly evict: Eviction | null;
  /** How the sessions end that make room, chosen by `evict` or by `consumes`. */
  readonly evicting: Farewell;
  /** What a refusal by the limits leaves behind, with which the sign-in can be resumed. */
  readonly onReached: { readonly oneTime: OneTime; readonly audit: AuditEntry } | null;
  /** The interrupted sign-in that this one resumes. */
  readonly consumes: Resumption | null;
}

/** Which sessions end first: those named, as far as they are there, then in this order. */
export interface Eviction {
  readonly first: readonly SessionId[];
  readonly order: EvictionOrder;
}

/**
 * A one-time token to consume, and the session that its bearer chose to end. Where the token is not there any more, or has
 * expired, the outcome is `spent`. Where the target is not one of the user's, live, expired or ended, or an administrator uses it
 * in the user's place, it is `unknown-target`; where it is live, it ends, even if that is not enough: then the outcome is `limit-reached`, and the token stays.
 */
export interface Resumption {
  readonly oneTime: OneTimeId;
  readonly ends: SessionId;
}

/** How sessions end that the store finds itself. */
export interface Farewell {
  /** Their tombstones. */
  readonly ending: Ending;
  /** The entry of each that leaves a tombstone; the store gives it an id of its own and the session's id. */
  readonly audit: AuditEntry;
  /** Where more end so than leave tombstones: the one entry for all of the others. The store fills in `count`. */
  readonly rest: AuditEntry;
}

/**
 * A live session of the same user whose token (current or parent, access or refresh) has this digest. Others are left
 * alone; one that is named twice ends once.
 */
export interface Replaced {
  readonly id: SessionId;
  readonly digest: Digest;
}

/** Ends as many of a user's sessions as exceed the limits, all that are configured, as `create` would; counts as that does. */
export interface Trim extends Write {
  readonly user: UserKey;
  readonly limits: Limits;
  readonly evict: Eviction;
  readonly evicting: Farewell;
}

/**
 * Sets or removes a user's own limit; kept for good. The last four attempts on a user are remembered: one that is sent again
 * changes nothing, whatever was set in between.
 */
export interface SetLimit extends Write {
  readonly user: UserKey;
  /** null: none of their own. */
  readonly limit: number | null;
  readonly audit: AuditEntry;
}
