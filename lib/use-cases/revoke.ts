import { parseSessionId } from '../domain/session-id';
import { refuseUnknown } from '../options/read-options';
import { checkUserId } from './check';
import type { Context } from './context';
import { endSession } from './end-session';
import { readEnding } from './ending';
import type { RevokeOptions } from './inputs';
import type { RevokeOutcome } from './outcomes';
import { presentEnded } from './present';
import { notFound } from './refusal';

/** Ends one session. One that was ended before stays as it is and is reported as ended: a retry is no failure. */
export async function revokeSession(context: Context, id: string, options: RevokeOptions): Promise<RevokeOutcome> {
  refuseUnknown(options, ['owner', 'reason', 'actor'], 'revoke');
  const owner = options.owner === undefined ? null : checkUserId(options.owner, 'owner');
  const ending = readEnding(options, 'revoked');
  const sessionId = parseSessionId(id);
  if (!sessionId) return notFound;
  const outcome = await endSession(context, { id: sessionId, owner, ...ending });
  if (outcome.status === 'missing') return notFound;
  return { status: 'ended', session: presentEnded(outcome.record), durable: outcome.durable };
}
