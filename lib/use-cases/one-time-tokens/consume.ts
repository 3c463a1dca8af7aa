import { isIP } from 'node:net';
import type { Client } from '../../domain/client';
import type { OneTimeId } from '../../domain/slotted-id';
import type { ConsumeOneTime, ConsumeOneTimeOutcome, OneTime } from '../../store/one-times';
import { auditEntry, relays } from '../audit';
import type { Context } from '../context';
import { userActor } from '../ending';

interface Use {
  readonly id: OneTimeId;
  readonly purpose: string;
  readonly client: Client | undefined;
  /** Where its bearer is refused though it has a use left, which is taken: why, as the history tells it. null: they are not. */
  readonly refusal: string | null;
  /** Whose the token is: nobody's unless given. Where that is in the token, it is read first, for a sink to be told: 1 round trip. */
  readonly subject?: string | ((token: OneTime) => string | null);
}

/** Takes a use of a token, whatever comes of it. 1 round trip. */
export async function consumeOneTime(
  context: Context,
  { id, purpose, client, refusal, subject: given }: Use,
): Promise<ConsumeOneTimeOutcome> {
  const ip = client?.ip && isIP(client.ip) ? client.ip : null;
  const { settings, store } = context;
  const subject = typeof given === 'function' ? await subjectIn(context, id, given) : given;
  const write = await context.time.stamp();
  const entry = (event: 'one_time_token_redeemed' | 'one_time_token_refused', reason: string) =>
    auditEntry(settings, write.at, event, {
      actor: userActor,
      sessionId: null,
      reason,
      ip,
      subject: subject ?? null,
    });
  const audit: ConsumeOneTime['audit'] = {
    consumed:
      refusal === null ? entry('one_time_token_redeemed', purpose) : entry('one_time_token_refused', refusal),
    spent: entry('one_time_token_refused', 'spent'),
    expired: entry('one_time_token_refused', 'expired'),
  };
  return store.consumeOneTime({ ...write, id, purpose, audit });
}

/** The store knows the user by a hash alone, so the token is read first; only where a sink is to be told. */
async function subjectIn(
  { settings, store }: Context,
  id: OneTimeId,
  userIdIn: (token: OneTime) => string | null,
): Promise<string | null> {
  const token = relays(settings) ? await store.findOneTime(id) : undefined;
  return token ? userIdIn(token) : null;
}
