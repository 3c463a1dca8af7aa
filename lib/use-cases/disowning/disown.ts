import { isIP } from 'node:net';
import { userKey } from '../../domain/session-id';
import type { OneTimeId } from '../../domain/slotted-id';
import type { Disown } from '../../store/disown';
import { auditEntry } from '../audit';
import type { Context } from '../context';
import { userActor } from '../ending';
import { disownPurpose as purpose } from '../one-time-tokens/purpose';
import type { DisownOptions } from './inputs';
import { type KeptSignIn, readKept } from './kept-sign-in';
import type { DisownSignInOutcome } from './outcomes';
import { refuseDisowning } from './refusal';

const reason = 'disowned';

/**
 * Acts on a link, in the store's one step. Whose it is and since when never changes, so that is read first; whether it is still good
 * the step itself compares.
 */
export async function disownSignIn(
  context: Context,
  id: OneTimeId,
  { client }: DisownOptions,
): Promise<DisownSignInOutcome> {
  const { store, time, events, unconfirmed } = context;
  const known = await store.findOneTime(id);
  if (known?.purpose !== purpose) return refuseDisowning(context, 'invalid', null);
  const kept = readKept(known);
  const { userId, sessionId } = kept;
  const command = await draftCommand(context, id, kept, client?.ip);
  const outcome = await store.disown(command);
  if (outcome.status === 'missing') return refuseDisowning(context, 'invalid', userId);
  if (outcome.status !== 'disowned') return refuseDisowning(context, outcome.status, userId);

  const { count: ended, stepUps, durable } = outcome;
  // Before anyone is told of it: who signs in anew after that is not taken for one who began before.
  await time.waitUntilPast(command.epoch);
  events.emit('one-time-token.redeemed', { purpose, userId, remainingUses: 0 });
  events.emit('sessions.ended', { userId, count: ended, reason, actor: userActor, durable });
  events.emit('sign-in.disowned', { userId, sessionId, ended, stepUps, durable });
  if (!durable) {
    const repeat = (notAfter: number) => store.disown({ ...command, notAfter });
    unconfirmed.add({ userId, sessionId: null, repeat });
  }
  return { status: 'disowned', userId, ended, stepUps, durable };
}

async function draftCommand(
  { settings, time }: Context,
  id: OneTimeId,
  { userId, sessionId, createdAt }: KeptSignIn,
  address: string | undefined,
): Promise<Disown> {
  const write = await time.stamp();
  const told = {
    actor: userActor,
    sessionId,
    ip: address !== undefined && isIP(address) ? address : null,
    subject: userId,
  };
  const refusal = (because: string) =>
    auditEntry(settings, write.at, 'one_time_token_refused', { ...told, reason: because });
  return {
    ...write,
    user: userKey(userId),
    oneTime: { id, purpose },
    since: createdAt,
    // Past the clock's error, so that no process can take a sign-in before this for one after it.
    epoch: write.at + time.errorMilliseconds(),
    ending: { at: write.at, reason, actor: userActor, replacedBy: null },
    audit: {
      disowned: auditEntry(settings, write.at, 'sign_in_disowned', { ...told, reason, since: createdAt }),
      spent: refusal('spent'),
      expired: refusal('expired'),
    },
  };
}
