import type { HistoryEntry } from '../domain/history-entry';
import { isoTime } from '../domain/iso-time';
import type { UserKey } from '../domain/session-id';
import type { Page } from '../domain/session-view';
import { refuseUnknown } from '../options/read-options';
import { checkPageSize, checkUserId, invalidField } from './check';
import type { Context } from './context';
import type { HistoryOptions } from './inputs';

const entryId = /^[A-Za-z0-9_-]{11}$/;

/** A page of a user's audit history, newest first. */
export async function readHistory(
  context: Context,
  userId: string,
  options: HistoryOptions,
): Promise<Page<HistoryEntry>> {
  return historyUnder(context, checkUserId(userId), options);
}

/** The same of whatever has a history. */
export async function historyUnder(
  { store }: Context,
  user: UserKey,
  options: HistoryOptions,
): Promise<Page<HistoryEntry>> {
  refuseUnknown(options, ['cursor', 'limit'], 'history');
  const { cursor, limit } = options;
  if (cursor !== undefined && !entryId.test(cursor)) {
    throw invalidField('cursor', 'the nextCursor of an earlier page', cursor);
  }
  const { entries, next } = await store.history({
    user,
    after: cursor ?? null,
    limit: checkPageSize(limit),
  });
  return { data: entries.map((entry) => ({ ...entry, at: isoTime(entry.at) })), nextCursor: next };
}
