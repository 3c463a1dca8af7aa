import { parseSessionId, userKey } from '../domain/session-id';
import type { Context } from './context';
import { endSession } from './end-session';
import { readEnding } from './ending';
import { refuseImpersonator } from './impersonation/refused-actor';
import type { RevokeOptions } from './inputs';
import type { RevokeOutcome } from './outcomes';
import { readOwner } from './owner';
import { presentEnded } from './present';
import { notFound } from './refusal';

/** Ends one session. One that was ended before stays as it is and is reported as ended: a retry is no failure. */
export async function revokeSession(context: Context, id: string, options: RevokeOptions): Promise<RevokeOutcome> {
  const owner = readOwner(options, 'revoke', ['reason', 'actor']);
  const ending = readEnding(options, 'revoked');
  const sessionId = parseSessionId(id);
  if (!sessionId) return notFound;
  if (ending.actor.type === 'impersonator') {
    const known = await context.store.find(sessionId);
    if (!known || (owner !== undefined && known.profile.userId !== owner)) return notFound;
    refuseImpersonator(ending.actor, known.profile.impersonator);
  }
  const outcome = await endSession(context, {
    id: sessionId,
    owner: owner === undefined ? null : userKey(owner),
    ...ending,
  });
  if (outcome.status === 'missing') return notFound;
  return { status: 'ended', session: presentEnded(outcome.record), durable: outcome.durable };
}
