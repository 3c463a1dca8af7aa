import type { SessionRecord } from '../domain/session-record';
import type { Page, SessionView } from '../domain/session-view';
import { refuseUnknown } from '../options/read-options';
import type { ListPosition, ListQuery } from '../store/commands';
import type { ListOutcome } from '../store/outcomes';
import type { SessionStore } from '../store/session-store';
import { checkPageSize, checkUserId, invalidField } from './check';
import type { Context } from './context';
import type { ListOptions } from './inputs';
import { type ListCursor, readListCursor, writeListCursor } from './list-cursor';
import { readFilters, recordFilter } from './list-filters';
import { presentEnded, presentSession } from './present';

const names = ['cursor', 'limit', 'applicationId', 'deviceType', 'country', 'since', 'include'];

// Of the records of one call, 500: a page that turns out too full is read again, shorter.
const mostRead = 400;
const mostAtOnce = 100;

type RecordFilter = (record: SessionRecord) => boolean;

/** A page of a user's sessions: the active ones, then, where asked for, those that ran out, then those that were ended. */
export async function listSessions(
  { store, time }: Context,
  userId: string,
  options: ListOptions,
): Promise<Page<SessionView>> {
  refuseUnknown(options, names, 'list');
  const user = checkUserId(userId);
  const limit = checkPageSize(options.limit);
  const kinds = kindsOf(options.include);
  const filters = readFilters(options);
  const { applicationId, deviceType, country, since } = filters;
  const scope = ['sessions', user, options.include ?? null, applicationId, deviceType, country, since];
  let position: ListCursor | null =
    options.cursor === undefined ? { kind: kinds[0]!, after: null } : readListCursor(options.cursor, scope, kinds);

  const isWanted = recordFilter(filters);
  const at = await time.at();
  const active: SessionView[] = [];
  const over: SessionView[] = [];
  let [unread, size] = [mostRead, limit];
  while (position && unread > 0 && active.length + over.length < limit) {
    const { kind, after }: ListCursor = position;
    const room = limit - active.length - over.length;
    const most = isWanted ? Math.min(size, unread) : room;
    const query = { user, at, kind, after, limit: most, applicationId };
    const { records, next, read } = await readMatching(store, query, room, isWanted);
    if (kind === 'active') active.push(...records.map((record) => presentSession(record)));
    else over.push(...records.map((record) => presentEnded(record)));
    position = following(kinds, kind, next);
    unread -= read;
    // The first reads no more than the page holds, and the rarer a match, the more the next ones do.
    size = Math.min(size * 2, mostAtOnce);
  }
  return {
    data: [...active.sort(mostRecentlySeenFirst), ...over],
    nextCursor: position && writeListCursor(position, scope),
  };
}

interface Matching extends ListOutcome {
  /** How many records were looked at. */
  readonly read: number;
}

/** Records that are wanted, as many as there is room for. The position is the store's own: where there are too many, it is asked for fewer. */
async function readMatching(
  store: SessionStore,
  query: ListQuery,
  room: number,
  isWanted: RecordFilter = () => true,
): Promise<Matching> {
  const { records, next } = await store.list(query);
  const matching = records.filter(isWanted);
  if (matching.length <= room) return { records: matching, next, read: records.length };
  const shorter = { ...query, limit: records.indexOf(matching[room - 1]!) + 1 };
  const { read, ...rest } = await readMatching(store, shorter, room, isWanted);
  return { ...rest, read: read + records.length };
}

function following(
  kinds: readonly ListQuery['kind'][],
  kind: ListQuery['kind'],
  next: ListPosition | null,
): ListCursor | null {
  if (next) return { kind, after: next };
  const following = kinds[kinds.indexOf(kind) + 1];
  return following ? { kind: following, after: null } : null;
}

function kindsOf(include: unknown): readonly ListQuery['kind'][] {
  if (include === undefined) return ['active'];
  if (include !== 'ended') throw invalidField('include', "'ended'", include);
  return ['active', 'expired', 'ended'];
}

function mostRecentlySeenFirst(a: SessionView, b: SessionView): number {
  return b.lastSeenAt.localeCompare(a.lastSeenAt) || b.createdAt.localeCompare(a.createdAt);
}
