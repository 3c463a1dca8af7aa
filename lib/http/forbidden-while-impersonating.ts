import { SessionError } from '../domain/error';
import type { SessionView } from '../domain/session-view';

/** Why a request may not do what is left to the user, where someone else acts in the user's place; undefined elsewhere. */
export function forbiddenWhileImpersonating(
  session: Pick<SessionView<object>, 'actor'> | undefined,
): SessionError | undefined {
  return session?.actor && new SessionError('forbidden_while_impersonating');
}

/** @throws SessionError `forbidden_while_impersonating` */
export function refuseWhileImpersonating(session: Pick<SessionView<object>, 'actor'> | undefined): void {
  const error = forbiddenWhileImpersonating(session);
  if (error) throw error;
}
