import { keptAddress } from '../device/kept-address';
import type { AccessLogEntry } from '../domain/access-log-entry';
import { isoTime } from '../domain/iso-time';
import type { Page } from '../domain/session-view';
import { refuseUnknown } from '../options/read-options';
import type { AccessEntry } from '../store/access-log';
import { mintAttempt } from '../tokens/mint';
import { checkPageSize, checkText } from './check';
import type { Context } from './context';
import { type CursorScope, invalidCursor, isFirst, readCursor, writeCursor } from './cursor';
import type { AccessLogOptions } from './inputs';

/** A call of the administrators' API, as `http/` tells of it. */
export type AccessRecord = Omit<AccessEntry, 'id' | 'at'>;

const position = /^[A-Za-z0-9-]{1,64}$/;

/** Logs a call, and tells of it. 1 round trip. */
export async function recordAccess(
  { settings, store, time, events }: Context,
  record: AccessRecord,
): Promise<void> {
  const write = await time.stamp();
  const ip = keptAddress(record.ip, settings.privacy.ip);
  const entry = { ...record, ip, id: mintAttempt().toString('base64url'), at: write.at };
  await store.logAccess({ ...write, entry });
  events.emit('admin.called', { entry: presentAccess(entry) });
}

/** A page of the log, newest first; of one actor where that is asked for. */
export async function readAccessLog(
  { store, time }: Context,
  options: AccessLogOptions,
): Promise<Page<AccessLogEntry>> {
  const given = refuseUnknown(options, ['cursor', 'limit', 'actor'], 'access.history') as AccessLogOptions;
  const limit = checkPageSize(given.limit);
  const actor = given.actor === undefined ? null : checkText(given.actor, 'actor', 512);
  const scope = ['access-log', actor];
  const after = isFirst(given.cursor) ? null : readPosition(given.cursor, scope);
  const { entries, next } = await store.accessLog({ at: await time.at(), after, limit, actor });
  return { data: entries.map(presentAccess), nextCursor: next === null ? null : writeCursor([next], scope) };
}

function readPosition(cursor: unknown, scope: CursorScope): string {
  const [after] = readCursor(cursor, scope);
  if (typeof after === 'string' && position.test(after)) return after;
  throw invalidCursor(cursor);
}

/** A call as apps see it. */
export function presentAccess(entry: AccessEntry): AccessLogEntry {
  return { ...entry, at: isoTime(entry.at) };
}
