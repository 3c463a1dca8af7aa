import { describeValue } from '../../domain/describe-value';
import { SessionError } from '../../domain/error';
import { refuseUnknown } from '../../options/read-options';
import { readRetention, type RetentionOptions } from '../../options/retention';
import type { Retention } from '../../store/retention';

/** How much a memory store holds, and how long. */
export interface MemoryStoreOptions {
  /** Live sessions, at least 1; `100_000`. When that many are live, a sign-in fails with `store_unavailable`. */
  readonly maxSessions?: number | undefined;
  /** How long each kind of data is kept. */
  readonly retention?: RetentionOptions | undefined;
}

/** {@link MemoryStoreOptions}, parsed and defaulted. */
export interface MemorySettings {
  readonly maxSessions: number;
  readonly retention: Retention;
}

/** @throws SessionError `options_invalid` */
export function readMemoryOptions(input: unknown): MemorySettings {
  const { maxSessions, retention } = refuseUnknown(input, ['maxSessions', 'retention'], 'MemoryStore');
  return { maxSessions: readMaxSessions(maxSessions), retention: readRetention(retention, 'MemoryStore') };
}

function readMaxSessions(maxSessions: unknown = 100_000): number {
  if (typeof maxSessions !== 'number' || !Number.isSafeInteger(maxSessions) || maxSessions < 1) {
    throw new SessionError('options_invalid', {
      detail: `MemoryStore.maxSessions: expected a whole number of at least 1, got ${describeValue(maxSessions)}`,
    });
  }
  return maxSessions;
}
