import { SessionError } from '../../domain/error';
import type { AdminContext } from './guard/context';

/**
 * Refuses an administrator whose own session is one that they use in a user's place: a user with rights here must be nobody's way to
 * them (A76). 1 round trip for an actor that names a session.
 *
 * @throws SessionError `forbidden_while_impersonating`
 */
export async function refuseImpersonated({ sessions, actor }: AdminContext): Promise<void> {
  if (actor.sessionId === undefined) return;
  const own = await sessions.get(actor.sessionId);
  if (own?.actor) throw new SessionError('forbidden_while_impersonating');
}
