import type { SessionRecord } from '../domain/session-record';

const longestInterval = 60_000;

/** How long a use may go unrecorded: 60 s, or a tenth of the shortest window that slides on use. */
export function touchInterval({ windows }: Pick<SessionRecord, 'windows'>): number {
  const slidingAccess = windows.refresh === null ? windows.access : Infinity;
  return Math.min(longestInterval, (windows.idle ?? Infinity) / 10, slidingAccess / 10);
}

export function isTouchDue(record: SessionRecord, at: number): boolean {
  return at - record.lastSeenAt >= touchInterval(record);
}

/** Whether a use of the current access token is the first of its generation: the successor has arrived. */
export function isConfirmationDue({ credentials }: SessionRecord): boolean {
  return credentials.parent !== null && credentials.confirmedAt === null;
}
