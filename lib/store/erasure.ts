import type { AuditEntry } from '../domain/audit-entry';
import type { UserKey } from '../domain/session-id';
import type { CounterId } from '../domain/slotted-id';
import type { Write } from './commands';

/** The reason of an epoch that an erasure raised. */
export const erasedReason = 'erased';

/**
 * Forgets a user: sessions of every kind, tombstones, index, history, own limit, one-time tokens, what waits in the outbox and among dead
 * letters, and what the feed keeps of them. In the log of the administrators' API their calls stay, and name nobody any more: neither the
 * user nor, where a call named a session alone, any session whose tag is the user's. What remains is the epoch, under the hash that is the
 * user's key, with the reason `erased`; it expires.
 *
 * Whatever was issued by the epoch and comes later brings nothing back: a sign-in is `stale-sign-in` even without a `startedAt` of its
 * own; a limit, a one-time token, a count and an entry of the history are answered as if they had been written, and are not; the end
 * of a session that the index had lost leaves no tombstone and is `missing`.
 *
 * All of the user's own slot is one step; the logs, which others share, follow. Whoever does not learn the outcome sends it again: nobody
 * is harmed by that, and what came since goes with it unless the attempt is one that is remembered.
 */
export interface Erase extends Write {
  readonly user: UserKey;
  /** Names the user in logs and letters; null for what has a history and is no user, such as an account of the lockout. */
  readonly userId: string | null;
  /** Names an account of the lockout in letters; null for a user. */
  readonly account: string | null;
  readonly epoch: number;
  /** Counters to drop with it, known or held as they may be; of the user's tag. */
  readonly counters: readonly CounterId[];
  /** What sinks are told, where it is `relayed`; it stands in no history and names nobody but its actor. null: nothing. */
  readonly audit: AuditEntry | null;
}

/** Entries about a user that are on their way to sinks, and those that were given up, oldest first. */
export interface Letters {
  readonly waiting: readonly AuditEntry[];
  readonly dead: readonly AuditEntry[];
}

/** What `erase` gives. */
export interface EraseOutcome {
  readonly status: 'erased';
  /** How many live sessions ended with it. */
  readonly count: number;
  /** false: replicas did not confirm in time that they are gone. */
  readonly durable: boolean;
}
