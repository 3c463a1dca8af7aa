import { type Duration, durationMilliseconds } from '../domain/duration';
import type { SessionView } from '../domain/session-view';
import { isRecentLogin } from '../policies/recent-login';
import type { Context } from './context';

/** What of a session tells of its login. */
export type LoginOf = Pick<SessionView<object>, 'authenticatedAt' | 'actor'> &
  Partial<Pick<SessionView<object>, 'stepUpRequired'>>;

/** Whether the user has proved within this time who they are: whoever acts in their place never has, and whoever owes a fresh login has not yet. */
export async function hasRecentLogin(
  { time }: Context,
  { authenticatedAt, actor, stepUpRequired = false }: LoginOf,
  within: Duration,
): Promise<boolean> {
  const milliseconds = durationMilliseconds(within, 'within');
  const isTheirs = actor === undefined && !stepUpRequired;
  return isTheirs && isRecentLogin(Date.parse(authenticatedAt), milliseconds, await time.latest());
}
