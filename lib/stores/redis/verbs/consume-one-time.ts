import type { ConsumeOneTime, ConsumeOneTimeOutcome } from '../../../store/one-times';
import { encodeAudit } from '../audit-codec';
import type { Backend } from '../backend';
import { decodeOneTime } from '../one-time-codec';
import { bytesOf, statusOf } from '../reply';
import { missing } from './missing';

export async function consumeOneTime(
  { scripts, keys, records }: Backend,
  command: ConsumeOneTime,
): Promise<ConsumeOneTimeOutcome> {
  const { id, attempt, purpose, audit } = command;
  const entries = [audit.consumed, audit.spent, audit.expired].map(encodeAudit);
  const reply = await scripts.write('consumeOneTime', [keys.oneTime(id)], command, [attempt, purpose, ...entries]);
  const status = statusOf(reply) as ConsumeOneTimeOutcome['status'];
  if (status === 'missing') return missing;
  records.noteAudit(reply[1]);
  const oneTime = decodeOneTime(id, bytesOf(reply[2]));
  return oneTime ? { status, oneTime } : missing;
}
