import { isIP } from 'node:net';
import type { Client } from '../../domain/client';
import type { OneTimeId } from '../../domain/slotted-id';
import type { ConsumeOneTime, ConsumeOneTimeOutcome } from '../../store/one-times';
import { auditEntry } from '../audit';
import type { Context } from '../context';
import { userActor } from '../ending';

interface Use {
  readonly id: OneTimeId;
  readonly purpose: string;
  readonly client: Client | undefined;
  /** Where its bearer is refused though it has a use left, which is taken: why, as the history tells it. null: they are not. */
  readonly refusal: string | null;
}

/** Takes a use of a token, whatever comes of it. 1 round trip. */
export async function consumeOneTime(
  { store, time }: Context,
  { id, purpose, client, refusal }: Use,
): Promise<ConsumeOneTimeOutcome> {
  const ip = client?.ip && isIP(client.ip) ? client.ip : null;
  const write = await time.stamp();
  const entry = (event: 'one_time_token_redeemed' | 'one_time_token_refused', reason: string) =>
    auditEntry(write.at, event, { actor: userActor, sessionId: null, reason, ip });
  const audit: ConsumeOneTime['audit'] = {
    consumed:
      refusal === null ? entry('one_time_token_redeemed', purpose) : entry('one_time_token_refused', refusal),
    spent: entry('one_time_token_refused', 'spent'),
    expired: entry('one_time_token_refused', 'expired'),
  };
  return store.consumeOneTime({ ...write, id, purpose, audit });
}
