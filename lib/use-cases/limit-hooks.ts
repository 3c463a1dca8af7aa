import { isLimit, type EvictionPreference, type LimitSettings } from '../options/limits';
import { inTurns } from '../domain/in-turns';
import { kindOfValue } from '../domain/kind-of-value';
import type { ReachedLimit } from '../domain/limits';
import { parseSessionId, type SessionId } from '../domain/session-id';
import type { SessionView } from '../domain/session-view';
import type { Context } from './context';
import { askHook } from './hooks';

/** What the app says is this user's own limit; null where it says nothing. @throws SessionError `hook_failed` */
export function askOwnLimit(context: Context, { forUser }: LimitSettings, userId: string): Promise<number | null> {
  if (!forUser) return Promise.resolve(null);
  return askHook(context, { hook: 'limit.forUser', userId }, () => forUser(userId), problemOfLimit);
}

/** Which sessions the app wants to end first. @throws SessionError `hook_failed` */
export async function askPreference(
  context: Context,
  prefer: EvictionPreference,
  sessions: readonly SessionView[],
  reached: ReachedLimit & { readonly userId: string },
): Promise<readonly SessionId[]> {
  const { userId } = reached;
  const ids = await askHook<readonly string[]>(
    context,
    { hook: 'limit.onExceeded', userId },
    () => prefer(sessions, reached),
    problemOfIds,
  );
  const parsed = await inTurns(ids, parseSessionId);
  return parsed.filter((id) => id !== undefined);
}

function problemOfLimit(answer: unknown): string | undefined {
  if (answer === null || isLimit(answer)) return undefined;
  return `${kindOfValue(answer)}: expected a whole number from 1 to 1,000,000, or null for none of their own`;
}

function problemOfIds(answer: unknown): string | undefined {
  const expected = 'expected an array of ids of sessions';
  if (!Array.isArray(answer)) return `${kindOfValue(answer)}: ${expected}`;
  const other = (answer as readonly unknown[]).findIndex((id) => typeof id !== 'string');
  return other < 0 ? undefined : `an array with ${kindOfValue(answer[other])} in it: ${expected}`;
}
