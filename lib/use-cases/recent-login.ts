import { type Duration, durationMilliseconds } from '../domain/duration';
import type { SessionView } from '../domain/session-view';
import { isRecentLogin } from '../policies/recent-login';
import type { Context } from './context';

/** Whether the user has proved within this time who they are. */
export async function hasRecentLogin(
  { time }: Context,
  { authenticatedAt }: Pick<SessionView<object>, 'authenticatedAt'>,
  within: Duration,
): Promise<boolean> {
  const milliseconds = durationMilliseconds(within, 'within');
  return isRecentLogin(Date.parse(authenticatedAt), milliseconds, await time.latest());
}
