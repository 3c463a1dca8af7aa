import type { Page, SessionView } from '../domain/session-view';
import { refuseUnknown } from '../options/read-options';
import type { ListQuery } from '../store/commands';
import { checkPageSize, checkText, checkUserId, invalidField } from './check';
import type { Context } from './context';
import { type ListCursor, readCursor, writeCursor } from './cursor';
import type { ListOptions } from './inputs';
import { presentEnded, presentSession } from './present';

/** A page of a user's sessions: the active ones, then, where asked for, those that ran out, then those that were ended. */
export async function listSessions(
  { store, time }: Context,
  userId: string,
  options: ListOptions,
): Promise<Page<SessionView>> {
  refuseUnknown(options, ['cursor', 'limit', 'applicationId', 'include'], 'list');
  const user = checkUserId(userId);
  const limit = checkPageSize(options.limit);
  const kinds = kindsOf(options.include);
  const applicationId =
    options.applicationId === undefined ? null : checkText(options.applicationId, 'applicationId', 64);
  let position: ListCursor | null =
    options.cursor === undefined ? { kind: kinds[0]!, after: null } : readCursor(options.cursor);
  if (!kinds.includes(position.kind)) throw invalidField('cursor', 'the nextCursor of this list', options.cursor);

  const at = await time.at();
  const data: SessionView[] = [];
  while (position && data.length < limit) {
    const { kind, after }: ListCursor = position;
    const { records, next } = await store.list({
      user,
      at,
      kind,
      after,
      limit: limit - data.length,
      applicationId,
    });
    if (kind === 'active') {
      data.push(...records.map((record) => presentSession(record)).sort(mostRecentlySeenFirst));
    } else {
      data.push(...records.map((record) => presentEnded(record)));
    }
    const following: ListQuery['kind'] | undefined = kinds[kinds.indexOf(kind) + 1];
    position = next ? { kind, after: next } : following ? { kind: following, after: null } : null;
  }
  return { data, nextCursor: position && writeCursor(position) };
}

function kindsOf(include: unknown): readonly ListQuery['kind'][] {
  if (include === undefined) return ['active'];
  if (include !== 'ended') throw invalidField('include', "'ended'", include);
  return ['active', 'expired', 'ended'];
}

function mostRecentlySeenFirst(a: SessionView, b: SessionView): number {
  return b.lastSeenAt.localeCompare(a.lastSeenAt) || b.createdAt.localeCompare(a.createdAt);
}
