import type { AuditEntry } from '../domain/audit-entry';
import type { EndReason } from '../domain/end-reason';
import type { ReachedLimit } from '../domain/limits';
import type { SessionRecord } from '../domain/session-record';
import type { HistoryPosition, ListPosition } from './commands';

/** What `create` gives. */
export type CreateOutcome =
  | {
      readonly status: 'created';
      readonly record: SessionRecord;
      /** The sessions that were replaced or made room; their endings tell which. At most as many as leave a tombstone. */
      readonly ended: readonly SessionRecord[];
      /**
       * How many were replaced or made room in all. A resend tells it again where more ended than leave tombstones; else it
       * counts those whose tombstones are still there.
       */
      readonly endedCount: number;
      /** How many other live sessions the user has now that limits count; of hundreds, those that none counts may be among them. */
      readonly others: number;
    }
  | { readonly status: 'stale-sign-in' }
  | LimitReached
  /** The one-time token to consume is not there, or not any more. */
  | { readonly status: 'spent' }
  /** The session to end is none of the user's. */
  | { readonly status: 'unknown-target' };

/** There is no room, and none could be made. */
export interface LimitReached {
  readonly status: 'limit-reached';
  /** The narrowest of the limits that are reached: by device type, by application, then the user's. */
  readonly limit: ReachedLimit;
  /**
   * Live sessions, those used last first. Where the refusal leaves or consumes a one-time token, a person chooses: those that
   * `limit` counts, at most 100. Where it does neither, the app may choose among all: every one that any of the limits counts
   * that are reached.
   */
  readonly records: readonly SessionRecord[];
  /** The one that was named and ended, where that was not enough. */
  readonly ended: readonly SessionRecord[];
}

/** What `trim` gives. */
export interface TrimOutcome {
  readonly status: 'trimmed';
  /** How many ended. */
  readonly count: number;
  readonly durable: boolean;
}

/** `missing`: no record under this id, not even a tombstone. */
export interface Missing {
  readonly status: 'missing';
}

/**
 * It began at or before the epoch, and no revoke-all has met it: it must be ended now, for `reason`. Nothing was written.
 */
export interface Outdated {
  readonly status: 'outdated';
  readonly record: SessionRecord;
  readonly reason: EndReason;
}

/** What `rotate` gives. */
export type RotateOutcome =
  | { readonly status: 'rotated'; readonly record: SessionRecord }
  /** The comparison failed; the record, live or ended, says why. */
  | { readonly status: 'unchanged'; readonly record: SessionRecord }
  | Outdated
  | Missing;

/** What `repeat` gives. */
export type RepeatOutcome =
  | { readonly status: 'repeated'; readonly record: SessionRecord }
  | { readonly status: 'conflict'; readonly record: SessionRecord }
  | Outdated
  | Missing;

/** What `touch` gives. */
export type TouchOutcome =
  { readonly status: 'touched' } | { readonly status: 'outdated'; readonly reason: EndReason } | Missing;

/** What `rekey` gives. */
export type RekeyOutcome =
  | { readonly status: 'rekeyed'; readonly record: SessionRecord; readonly durable: boolean }
  | { readonly status: 'conflict'; readonly record: SessionRecord }
  | Outdated
  /** Not live, or never there. */
  | Missing;

/** What `amend` gives. */
export type AmendOutcome =
  | { readonly status: 'amended'; readonly record: SessionRecord }
  | { readonly status: 'conflict'; readonly record: SessionRecord }
  | Missing;

/** What `retire` gives. */
export type RetireOutcome =
  { readonly status: 'retired'; readonly record: SessionRecord; readonly durable: boolean } | Missing;

/** What `revoke` gives. */
export type RevokeOutcome =
  | {
      readonly status: 'ended';
      readonly record: SessionRecord;
      /** false: it had been ended before, and nothing was written. */
      readonly changed: boolean;
      /** false: replicas did not confirm the write in time. */
      readonly durable: boolean;
    }
  | Missing;

/** What `revokeAll` gives. */
export interface RevokeAllOutcome {
  readonly status: 'ended';
  readonly count: number;
  /** As many ended as `most` allows, so there may be more: the command is to be followed by another. */
  readonly remaining: boolean;
  readonly durable: boolean;
  /** The session kept, as it is now; null where there was none to keep. */
  readonly kept: SessionRecord | null;
}

/** What `list` gives. */
export interface ListOutcome {
  readonly records: readonly SessionRecord[];
  readonly next: ListPosition | null;
}

/** What `history` gives. */
export interface HistoryOutcome {
  readonly entries: readonly AuditEntry[];
  readonly next: HistoryPosition | null;
}
