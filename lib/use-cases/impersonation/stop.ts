import { parseSessionId } from '../../domain/session-id';
import { refuseUnknown } from '../../options/read-options';
import type { Context } from '../context';
import { endSession } from '../end-session';
import { readActor, systemActor } from '../ending';
import type { ActorOption } from '../inputs';
import type { RevokeOutcome } from '../outcomes';
import { presentEnded } from '../present';
import { notFound } from '../refusal';
import { refuseImpersonator } from './refused-actor';

/** Ends a session that an administrator uses in a user's place, and leaves all others alone. */
export async function stopImpersonation(
  context: Context,
  id: string,
  options: ActorOption,
): Promise<RevokeOutcome> {
  refuseUnknown(options, ['actor'], 'impersonation.stop');
  const actor = options.actor === undefined ? systemActor : readActor(options.actor);
  const sessionId = parseSessionId(id);
  const impersonator = sessionId && (await context.store.find(sessionId))?.profile.impersonator;
  if (!sessionId || !impersonator) return notFound;
  refuseImpersonator(actor, impersonator);
  const outcome = await endSession(context, { id: sessionId, reason: 'impersonation_stopped', actor });
  if (outcome.status === 'missing') return notFound;
  return { status: 'ended', session: presentEnded(outcome.record), durable: outcome.durable };
}
