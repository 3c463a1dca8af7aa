import { effectiveExpiresAt } from '../domain/deadlines';
import { parseSessionId } from '../domain/session-id';
import type { SessionRecord } from '../domain/session-record';
import type { Context } from './context';

/** A live session by its public id; another owner's, an ended and an unknown one are all just not there. */
export async function findLive(
  { store, time }: Context,
  id: unknown,
  owner: string | undefined,
): Promise<SessionRecord | undefined> {
  const sessionId = parseSessionId(id);
  const record = sessionId && (await store.find(sessionId));
  if (!record || record.ending || (owner !== undefined && record.profile.userId !== owner)) return undefined;
  return (await time.at()) < effectiveExpiresAt(record) ? record : undefined;
}
