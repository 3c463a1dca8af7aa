import { randomBytes } from 'node:crypto';
import { userKey, userKeyLength, userTag } from '../../domain/session-id';
import type { CounterId } from '../../domain/slotted-id';
import type { Budget, CounterRule, CountOutcome } from '../counters';
import type { SessionStore } from '../session-store';
import { auditEntry } from './endings';

/** A counter that nobody has used, in reach of the user's history. */
export function newCounter(userId: string): CounterId {
  return (userTag(userKey(userId)) + randomBytes(17).toString('base64url').slice(0, userKeyLength)) as CounterId;
}

export function rule(id: CounterId, holds: readonly number[], window: number | null = null): CounterRule {
  return { id, holds, window, locksFrom: null };
}

/** Applies always and is not audited, unless told otherwise. */
export function budget(leader: CounterRule, changes: Partial<Budget> = {}): Budget {
  return { known: null, leader, followers: [], audit: null, ...changes };
}

/** The same budget, whose leader locks from such a count on, and every lock of which is audited. */
export function locking(given: Budget, from: number, at: number): Budget {
  const audit = [given.leader, ...given.followers].map(() => auditEntry('account_locked', at, null));
  return { ...given, leader: { ...given.leader, locksFrom: from }, audit };
}

/** What an outcome says in short: whether it was counted, and each counter's count. */
export function tally({ status, counters }: CountOutcome): [status: string, ...counts: number[]] {
  return [status, ...counters.map(({ count }) => count)];
}

export async function countOf(store: SessionStore, id: CounterId): Promise<number | undefined> {
  return (await store.findCounters([id]))[0]?.count;
}

/** Until when it is held. */
export async function holdOf(store: SessionStore, id: CounterId): Promise<number | undefined> {
  return (await store.findCounters([id]))[0]?.heldUntil;
}
