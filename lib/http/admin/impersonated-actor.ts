import { SessionError } from '../../domain/error';
import type { AdminContext } from './guard/context';

/**
 * Refuses an administrator whose own session is one that they use in a user's place: a user with rights here must be nobody's way to
 * them (A76). A session that is over cannot tell what it was, so whoever names one is refused too: an impersonator would else get in
 * by ending the impersonation while the app is still looking up who they are. 1 round trip for an actor that names a session.
 *
 * @throws SessionError `forbidden_while_impersonating`; `step_up_required` for one that owes a fresh login; `login_required` for a session that is not live, or is none of this manager's
 */
export async function refuseImpersonated({ sessions, actor }: AdminContext): Promise<void> {
  if (actor.sessionId === undefined) return;
  const own = await sessions.get(actor.sessionId);
  if (!own) throw new SessionError('login_required', { detail: "The administrator's own session is over." });
  if (own.stepUpRequired) throw new SessionError('step_up_required');
  if (own.actor) throw new SessionError('forbidden_while_impersonating');
}
