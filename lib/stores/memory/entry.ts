import type { UserKey } from '../../domain/session-id';
import type { SessionRecord } from '../../domain/session-record';

/** A record, and what the store must know to answer a resent command as it did the first time. */
export interface Entry {
  readonly user: UserKey;
  readonly record: SessionRecord;
  readonly createdBy: Buffer;
  readonly endedBy: Buffer | null;
  /** The latest writes, newest last. */
  readonly attempts: readonly Buffer[];
  /** When it is garbage, on the store's own clock. */
  readonly collectAt: number;
}

const remembered = 4;

export function recognises(entry: Entry, attempt: Buffer): boolean {
  return entry.attempts.some((known) => known.equals(attempt));
}

/** The newest few of what was written, with one more. */
export function remember<Item>(known: readonly Item[], item: Item): readonly Item[] {
  return [...known, item].slice(-remembered);
}
