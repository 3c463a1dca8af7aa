import type { SessionRecord } from '../../domain/session-record';
import type { Context } from '../context';
import { endSession } from '../end-session';
import { systemActor } from '../ending';
import { findLive } from '../live-session';
import { invalid, revoked } from '../refusal';
import type { Invalid, Revoked } from '../outcomes';

const reason = 'impersonator_signed_out';

/**
 * Ends a live session that is used by an administrator who is signed in no more, or has to prove to be who they are, and says so; undefined for every other. The
 * administrator's session lies in another slot, where no step on this one can see it: so it is read at each check, never from
 * a cache. What fails here lets nobody pass. No round trip for other sessions, 1 for these.
 */
export async function endWithImpersonator(
  context: Context,
  { id, profile, credentials }: SessionRecord,
): Promise<Revoked | Invalid | undefined> {
  const sessionId = profile.impersonator?.sessionId;
  if (!sessionId) return undefined;
  const own = await findLive(context, sessionId, undefined);
  // One that owes a fresh login may be in other hands.
  if (own && !own.stepUp) return undefined;
  const { family } = credentials;
  const outcome = await endSession(context, { id, family, reason, actor: systemActor });
  return outcome.status === 'missing' ? invalid() : revoked(outcome.record.ending?.reason ?? reason);
}
