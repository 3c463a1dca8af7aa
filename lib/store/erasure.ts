import type { UserKey } from '../domain/session-id';
import type { Write } from './commands';

/**
 * Forgets a user: sessions of every kind, tombstones, index, history, own limit, one-time tokens, what waits in the outbox and among dead
 * letters, what the feed and the log of the administrators' API keep of them. What stays is the epoch, under a hash: it refuses
 * sign-ins that began before, and expires. Safe to repeat by nature.
 */
export interface Erase extends Write {
  readonly user: UserKey;
  readonly userId: string;
  readonly epoch: number;
}

/** What `erase` gives. */
export interface EraseOutcome {
  readonly status: 'erased';
  /** How many live sessions ended with it. */
  readonly count: number;
}
