import { refuseUnknown } from '../../options/read-options';
import { checkPageSize } from '../check';
import type { Context } from '../context';
import { invalidCursor, isFirst, readCursor, writeCursor } from '../cursor';
import { presentEntry } from '../present-entry';
import type { FeedOptions, FeedPage } from './session-audit';

const scope = ['audit-feed'];
const position = /^[0-9A-Za-z-]{1,64}$/;

/** A page of the feed across all users, oldest first. */
export async function readFeed({ store }: Context, options: FeedOptions): Promise<FeedPage> {
  const { cursor, limit } = refuseUnknown(options, ['cursor', 'limit'], 'audit.feed');
  const after = isFirst(cursor) ? null : readPosition(cursor);
  const { items, next } = await store.feed.read({ after, limit: checkPageSize(limit) });
  return {
    data: items.map(({ entry, userId }) => presentEntry(entry, userId)),
    // null of a feed that has not begun: its beginning.
    nextCursor: writeCursor([next], scope),
  };
}

function readPosition(cursor: unknown): string | null {
  const [after, ...rest] = readCursor(cursor, scope);
  if (rest.length > 0) throw invalidCursor(cursor);
  if (after === null) return null;
  if (typeof after === 'string' && position.test(after)) return after;
  throw invalidCursor(cursor);
}
