import type { Disown, DisownOutcome } from '../../../store/disown';
import { encodeAudit } from '../audit-codec';
import type { Backend } from '../backend';
import { encodeEnding } from '../ending-codec';
import { namesInOneSlot } from '../one-slot';
import { decodeOneTime } from '../one-time-codec';
import { bytesOf, statusOf } from '../reply';
import { missing } from './missing';

export async function disown({ security, keys, records }: Backend, command: Disown): Promise<DisownOutcome> {
  const { user, oneTime, attempt, since, epoch, ending, audit } = command;
  namesInOneSlot([oneTime.id], user);
  const { reply, durable } = await security.write(
    'disown',
    [keys.index(user), keys.audit(user), keys.epoch(user), keys.oneTime(oneTime.id)],
    command,
    [
      attempt,
      oneTime.purpose,
      Math.trunc(since),
      Math.trunc(epoch),
      ending.at,
      encodeEnding(ending),
      ending.reason,
      // The script fills in the count.
      encodeAudit({ ...audit.disowned, count: 0 }),
      encodeAudit(audit.spent),
      encodeAudit(audit.expired),
    ],
  );
  const status = statusOf(reply) as DisownOutcome['status'];
  if (status === 'missing') return missing;
  records.noteAudit(reply[1]);
  if (status === 'disowned') return { status, count: Number(reply[2]), stepUps: Number(reply[3]), durable };
  const known = decodeOneTime(oneTime.id, bytesOf(reply[2]));
  return known ? { status, oneTime: known } : missing;
}
