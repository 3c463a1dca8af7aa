import { describeValue } from '../../domain/describe-value';
import { SessionError } from '../../domain/error';
import { refuseUnknown } from '../../options/read-options';

/** How much a memory store holds. */
export interface MemoryStoreOptions {
  /** Live sessions, at least 1; `100_000`. When that many are live, a sign-in fails with `store_unavailable`. */
  readonly maxSessions?: number | undefined;
}

export function readMaxSessions(input: unknown): number {
  const { maxSessions = 100_000 } = refuseUnknown(input, ['maxSessions'], 'MemoryStore');
  if (typeof maxSessions !== 'number' || !Number.isSafeInteger(maxSessions) || maxSessions < 1) {
    throw new SessionError('options_invalid', {
      detail: `MemoryStore.maxSessions: expected a whole number of at least 1, got ${describeValue(maxSessions)}`,
    });
  }
  return maxSessions;
}
