import { isLimit, type EvictionPreference, type LimitSettings } from '../options/limits';
import { inTurns } from '../domain/in-turns';
import type { ReachedLimit } from '../domain/limits';
import { parseSessionId, type SessionId } from '../domain/session-id';
import type { SessionView } from '../domain/session-view';
import type { Context } from './context';
import { askHook } from './hooks';

/** What the app says is this user's own limit; null where it says nothing. @throws SessionError `hook_failed` */
export function askOwnLimit(context: Context, { forUser }: LimitSettings, userId: string): Promise<number | null> {
  if (!forUser) return Promise.resolve(null);
  const isOwnLimit = (answer: unknown): answer is number | null => answer === null || isLimit(answer);
  return askHook(context, { hook: 'limit.forUser', userId }, () => forUser(userId), isOwnLimit);
}

/** Which sessions the app wants to end first. @throws SessionError `hook_failed` */
export async function askPreference(
  context: Context,
  prefer: EvictionPreference,
  sessions: readonly SessionView[],
  reached: ReachedLimit & { readonly userId: string },
): Promise<readonly SessionId[]> {
  const { userId } = reached;
  const ids = await askHook(
    context,
    { hook: 'limit.onExceeded', userId },
    () => prefer(sessions, reached),
    isTexts,
  );
  const parsed = await inTurns(ids, parseSessionId);
  return parsed.filter((id) => id !== undefined);
}

function isTexts(answer: unknown): answer is readonly string[] {
  return Array.isArray(answer) && answer.every((id) => typeof id === 'string');
}
