import { type Duration, durationMilliseconds } from '../domain/duration';
import type { SessionView } from '../domain/session-view';
import { isRecentLogin } from '../policies/recent-login';
import type { Context } from './context';

/** Whether the user has proved within this time who they are: whoever acts in their place never has. */
export async function hasRecentLogin(
  { time }: Context,
  { authenticatedAt, actor }: Pick<SessionView<object>, 'authenticatedAt' | 'actor'>,
  within: Duration,
): Promise<boolean> {
  const milliseconds = durationMilliseconds(within, 'within');
  return actor === undefined && isRecentLogin(Date.parse(authenticatedAt), milliseconds, await time.latest());
}
