import type { AuditEntry } from '../domain/audit-entry';
import type { UserKey } from '../domain/session-id';
import type { CounterId } from '../domain/slotted-id';
import type { Write } from './commands';

/**
 * Counts one event, on the first of the budgets that applies; the last applies always. Where one of its counters is held at
 * `at`, nothing is counted; otherwise all are. All counters of one command share their first three characters.
 */
export interface Count extends Write {
  readonly budgets: readonly Budget[];
  /** Of the user under whom `audit` entries are written; where there are any, their tag is that of the counters. */
  readonly user: UserKey;
  /** true: only asks. Nothing is written, and `counted` means that it would be; the counters are as they stand. */
  readonly probe: boolean;
}

/** Counters that are counted together or not at all. */
export interface Budget {
  /** Applies only where `reset` has made this counter known; it is one of `followers`. null: applies. */
  readonly known: CounterId | null;
  readonly leader: CounterRule;
  /** A follower's count holds only for the series of its leader: after the leader was reset, followers begin anew. */
  readonly followers: readonly CounterRule[];
  /**
   * One for each of its counters, the leader first. Where any of them counts to its own `locksFrom` or more, the entry of the first
   * that does is written, and no other. null: none is.
   */
  readonly audit: readonly AuditEntry[] | null;
}

/** A counter and what each count of it entails. */
export interface CounterRule {
  readonly id: CounterId;
  /**
   * How long the first, second, … count holds the counter, in milliseconds; the last stands for all beyond. Infinity: until it is
   * reset, and then the counter is kept for good.
   */
  readonly holds: readonly number[];
  /** So many milliseconds after its first count the counter begins anew, unless it is held. null: only when reset. */
  readonly window: number | null;
  /** The count from which on a hold is more than a delay, and told in the history; null: none is. */
  readonly locksFrom: number | null;
}

/** Forgets counters, and may make one known. All of them share their first three characters. */
export interface Reset extends Write {
  readonly counters: readonly CounterId[];
  /** Kept at its count, or begun at 0, for `retention.knownMilliseconds`. */
  readonly known: CounterId | null;
  /** Written where anything was forgotten. */
  readonly audit: { readonly user: UserKey; readonly entry: AuditEntry } | null;
}

/** A counter as it stands. */
export interface Counter {
  readonly count: number;
  /** The instant until which it is held; 0 where it is not, Infinity until it is reset. */
  readonly heldUntil: number;
}

/** What `count` gives: which budget applied, and its counters as they are now, the leader first. */
export interface CountOutcome {
  readonly status: 'counted' | 'held';
  readonly budget: number;
  readonly counters: readonly Counter[];
}

/** What `reset` gives. */
export interface ResetOutcome {
  /** Whether any of the counters had counted. A resend gives the same where there is an `audit`: to remember it takes a key. */
  readonly forgot: boolean;
}
