import type { HistoryEntry } from '../domain/history-entry';
import type { UserKey } from '../domain/session-id';
import type { Page } from '../domain/session-view';
import type { HistoryPosition } from '../store/commands';
import { refuseUnknown } from '../options/read-options';
import { checkPageSize, checkUserId } from './check';
import type { Context } from './context';
import { type CursorScope, invalidCursor, isFirst, readCursor, writeCursor } from './cursor';
import type { HistoryOptions } from './inputs';
import { presentEntry } from './present-entry';

const entryId = /^[A-Za-z0-9_-]{11}$/;

/** A page of a user's audit history, newest first. */
export async function readHistory(
  context: Context,
  userId: string,
  options: HistoryOptions,
): Promise<Page<HistoryEntry>> {
  return historyUnder(context, checkUserId(userId), userId, options);
}

/** The same of whatever has a history; `subject` says whose it is. */
export async function historyUnder(
  { store, time }: Context,
  user: UserKey,
  subject: string,
  options: HistoryOptions,
): Promise<Page<HistoryEntry>> {
  refuseUnknown(options, ['cursor', 'limit'], 'history');
  const scope = ['history', user];
  const after = isFirst(options.cursor) ? null : readPosition(options.cursor, scope);
  const { entries, next } = await store.history({
    user,
    at: await time.at(),
    after,
    limit: checkPageSize(options.limit),
  });
  const nextCursor = next === null ? null : writeCursor([next.id, next.at], scope);
  return { data: entries.map((entry) => presentEntry(entry, subject)), nextCursor };
}

/** The cursor with which a user's history goes on behind this entry. */
export function historyCursor(userId: string, { id, at }: Pick<HistoryEntry, 'id' | 'at'>): string {
  return writeCursor([id, Date.parse(at)], ['history', checkUserId(userId)]);
}

function readPosition(cursor: unknown, scope: CursorScope): HistoryPosition {
  const [id, at, ...rest] = readCursor(cursor, scope);
  if (typeof id !== 'string' || !entryId.test(id) || rest.length > 0) throw invalidCursor(cursor);
  if (typeof at !== 'number' || !Number.isSafeInteger(at)) throw invalidCursor(cursor);
  return { id, at };
}
