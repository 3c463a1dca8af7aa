import type { SessionRecord } from './session-record';

type Timed = Pick<SessionRecord, 'lastSeenAt' | 'absoluteExpiresAt' | 'windows'> & {
  readonly credentials: Pick<SessionRecord['credentials'], 'accessExpiresAt' | 'refreshExpiresAt'>;
};

/** When the session is over for want of use; null where nothing measures that. */
export function idleExpiresAt(record: Timed): number | null {
  return record.windows.idle === null ? null : record.lastSeenAt + record.windows.idle;
}

/** The instant from which no use whatever can keep the session alive: min(idle, absolute). */
export function sessionEndsAt(record: Timed): number {
  return Math.min(idleExpiresAt(record) ?? Infinity, record.absoluteExpiresAt);
}

/** min(max(access, refresh), idle, absolute): from then on the session counts as dead. Stores index by this. */
export function effectiveExpiresAt(record: Timed): number {
  const { accessExpiresAt, refreshExpiresAt } = record.credentials;
  return Math.min(Math.max(accessExpiresAt, refreshExpiresAt ?? 0), sessionEndsAt(record));
}

/** From then on the refresh token renews nothing; 0 without one. */
export function refreshEndsAt(record: Timed): number {
  return Math.min(record.credentials.refreshExpiresAt ?? 0, sessionEndsAt(record));
}
