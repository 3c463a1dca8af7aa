import type { OneTimeId } from '../../domain/slotted-id';
import type { OneTimeRefusal } from '../../events/catalogue';
import type { Context } from '../context';
import { createSession } from '../create';
import { consumeOneTime } from '../one-time-tokens/consume';
import type { OneTimeTokenRefused } from '../one-time-tokens/outcomes';
import { exchangePurpose as purpose } from '../one-time-tokens/purpose';
import { refuseOneTime } from '../one-time-tokens/refusal';
import { answersChallenge } from './code-challenge';
import type { RedeemRequestTokenOptions } from './inputs';
import type { ExchangeOutcome } from './outcomes';
import { applicationOf, type SignInRequest } from './request';

/**
 * Spends a request token, and signs in whoever could answer its challenge. What a request token is bound to never changes, so it is
 * read first: the one entry of the history that its use leaves tells whether it was refused. Nobody is answered before it is spent.
 */
export async function redeemRequest(
  context: Context,
  id: OneTimeId,
  options: RedeemRequestTokenOptions,
): Promise<ExchangeOutcome> {
  const known = await context.store.findOneTime(id);
  if (known?.purpose !== purpose) return refuseRequest(context, 'invalid', null);
  const request = JSON.parse(known.payload) as SignInRequest;
  const { userId } = request.signIn;
  const { client, limit, replaces, deviceId, carry, prepare } = options;
  const given = { replaces, deviceId, carry, ...prepare?.(request.transport) };

  const refusal = judge(request, options);
  const { status } = await consumeOneTime(context, { id, purpose, client, refusal, subject: userId });
  if (status === 'missing') return refuseRequest(context, 'invalid', userId);
  if (status !== 'consumed') return refuseRequest(context, status, userId);
  if (refusal !== null) return refuseRequest(context, refusal, userId);

  context.events.emit('one-time-token.redeemed', { purpose, userId, remainingUses: 0 });
  const outcome = await createSession(context, { ...request.signIn, client, limit, ...given });
  return outcome.status === 'created' ? { ...outcome, transport: request.transport } : outcome;
}

/** Its bearer is told no more than `invalid` of a wrong answer. */
export function refuseRequest(
  { events }: Context,
  reason: OneTimeRefusal,
  userId: string | null,
): OneTimeTokenRefused {
  events.emit('one-time-token.refused', { purpose, userId, reason });
  return refuseOneTime(reason === 'spent' || reason === 'expired' ? reason : 'invalid');
}

function judge(
  request: SignInRequest,
  { codeVerifier, applicationId }: RedeemRequestTokenOptions,
): 'wrong_verifier' | 'wrong_application' | null {
  if (!answersChallenge(codeVerifier, request.challenge)) return 'wrong_verifier';
  const isOther = applicationId !== undefined && applicationId !== applicationOf(request);
  return isOther ? 'wrong_application' : null;
}
