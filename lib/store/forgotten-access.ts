import { type SessionId, sessionTag, type UserKey, userKey, userTag } from '../domain/session-id';
import type { AccessEntry } from './access-log';

/** A user whom the log of the administrators' API is to name no more. */
export interface Forgotten {
  readonly user: UserKey;
  readonly userId: string;
}

/**
 * The entry without the user; undefined where it does not name them. That somebody called stays, and what. A session's id alone tells of its
 * user no more than a tag, which one in four thousand share: of theirs it is taken to be one.
 */
export function withoutUser(entry: AccessEntry, { user, userId }: Forgotten): AccessEntry | undefined {
  if (entry.userId === userId) return { ...entry, userId: null, sessionId: null };
  if (entry.sessionId === null || sessionTag(entry.sessionId as SessionId) !== userTag(user)) return undefined;
  const isOfNamed = entry.userId !== null && userTag(userKey(entry.userId)) === userTag(user);
  return isOfNamed ? undefined : { ...entry, sessionId: null };
}
