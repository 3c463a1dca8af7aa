import { effectiveExpiresAt, refreshEndsAt } from '../../domain/deadlines';
import type { SessionRecord } from '../../domain/session-record';

export function isLive(record: SessionRecord, at: number): boolean {
  return record.ending === null && effectiveExpiresAt(record) > at;
}

/** Whether its refresh token, presented at this instant, may still be exchanged. */
export function isRenewable(record: SessionRecord, at: number): boolean {
  return !record.credentials.refreshRevoked && refreshEndsAt(record) > at;
}
