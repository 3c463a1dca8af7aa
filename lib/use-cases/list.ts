import type { SessionRecord } from '../domain/session-record';
import type { Page, SessionView } from '../domain/session-view';
import { refuseUnknown } from '../options/read-options';
import type { ListPosition, ListQuery } from '../store/commands';
import type { ListOutcome } from '../store/outcomes';
import type { SessionStore } from '../store/session-store';
import { checkPageSize, checkUserId, invalidField } from './check';
import type { Context } from './context';
import { isFirst } from './cursor';
import type { ListOptions } from './inputs';
import { type ListCursor, readListCursor, writeListCursor } from './list-cursor';
import { readFilters, recordFilter } from './list-filters';
import { presentEnded, presentSession } from './present';

const names = ['cursor', 'limit', 'applicationId', 'deviceType', 'country', 'since', 'include'];

// Of the records of one call, 500: a page that turns out too full is read again, shorter.
const mostRead = 400;
const mostAtOnce = 100;

type RecordFilter = (record: SessionRecord) => boolean;

/**
 * A page of a user's sessions: the active ones, then, where asked for, those that ran out, then those that were ended. What `isHidden`
 * leaves out is not to be noticed: pages are filled past it, no cursor names it, and there is none where nothing else follows (1 round
 * trip more). Behind 400 of them in a row the list ends.
 */
export async function listSessions(
  { store, time }: Context,
  userId: string,
  options: ListOptions,
  isHidden?: RecordFilter,
): Promise<Page<SessionView>> {
  refuseUnknown(options, names, 'list');
  const user = checkUserId(userId);
  const limit = checkPageSize(options.limit);
  const kinds = kindsOf(options.include);
  const filters = readFilters(options);
  const { applicationId, deviceType, country, since } = filters;
  const scope = ['sessions', user, options.include ?? null, applicationId, deviceType, country, since];
  const from: ListCursor = isFirst(options.cursor)
    ? { kind: kinds[0]!, after: null }
    : readListCursor(options.cursor, scope, kinds);

  const query = { user, at: await time.at(), applicationId };
  const walk: Walk = { store, query, kinds, matches: recordFilter(filters), isHidden };
  const { data, position } = await readPage(walk, from, limit);
  const hasMore = position && (!isHidden || (await readPage(walk, position, 1)).data.length > 0);
  return { data, nextCursor: hasMore ? writeListCursor(position, scope) : null };
}

/** One user's sessions, as they are asked for. */
interface Walk {
  readonly store: SessionStore;
  readonly query: Pick<ListQuery, 'user' | 'at' | 'applicationId'>;
  readonly kinds: readonly ListQuery['kind'][];
  readonly matches: RecordFilter | undefined;
  readonly isHidden: RecordFilter | undefined;
}

interface ReadPage {
  readonly data: readonly SessionView[];
  readonly position: ListCursor | null;
}

async function readPage(walk: Walk, from: ListCursor, limit: number): Promise<ReadPage> {
  const isFiltered = walk.matches !== undefined || walk.isHidden !== undefined;
  const active: SessionView[] = [];
  const over: SessionView[] = [];
  let position: ListCursor | null = from;
  let [unread, size, room] = [mostRead, limit, limit];
  while (position && unread > 0 && room > 0) {
    const { kind, after }: ListCursor = position;
    const most = isFiltered ? Math.min(size, unread) : room;
    const { records, next, read } = await readMatching(walk, { ...walk.query, kind, after, limit: most }, room);
    if (kind === 'active') active.push(...records.map((record) => presentSession(record)));
    else over.push(...records.map((record) => presentEnded(record)));
    position = following(walk.kinds, kind, next);
    unread -= read;
    room -= records.length;
    // The first reads no more than the page holds, and the rarer a match, the more the next ones do.
    size = Math.min(size * 2, mostAtOnce);
  }
  // Where the walk was given up within what is hidden, the position would tell of it.
  if (walk.isHidden && room > 0 && position?.after) position = null;
  return { data: [...active.sort(mostRecentlySeenFirst), ...over], position };
}

interface Matching extends ListOutcome {
  /** How many records were looked at. */
  readonly read: number;
}

/**
 * Records that are wanted, as many as there is room for. The position is the store's own: where there are too many, or where a full page
 * would end with one that is hidden, it is asked for fewer.
 */
async function readMatching(walk: Walk, query: ListQuery, room: number): Promise<Matching> {
  const { matches = () => true, isHidden = () => false } = walk;
  const { records, next } = await walk.store.list(query);
  const matching = records.filter((record) => matches(record) && !isHidden(record));
  const last = records.at(-1);
  const endsHidden = matching.length === room && last !== undefined && isHidden(last);
  if (matching.length <= room && !endsHidden) return { records: matching, next, read: records.length };
  const shorter = { ...query, limit: records.indexOf(matching[room - 1]!) + 1 };
  const { read, ...rest } = await readMatching(walk, shorter, room);
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
