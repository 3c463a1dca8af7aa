import { effectiveExpiresAt, sessionEndsAt } from '../../domain/deadlines';
import type { SessionRecord } from '../../domain/session-record';

export function isLive(record: SessionRecord, at: number): boolean {
  return record.ending === null && effectiveExpiresAt(record) > at;
}

/** Whether its refresh token, presented at this instant, may still be exchanged. */
export function isRenewable(record: SessionRecord, at: number): boolean {
  const { refreshExpiresAt, refreshRevoked } = record.credentials;
  return !refreshRevoked && refreshExpiresAt !== null && refreshExpiresAt > at && sessionEndsAt(record) > at;
}
