import type { Retire } from '../../../store/commands';
import type { RetireOutcome } from '../../../store/outcomes';
import { encodeAudit } from '../audit-codec';
import type { Backend } from '../backend';
import { bytesOf, statusOf } from '../reply';
import { missing } from './missing';

export async function retire({ security, keys, records }: Backend, command: Retire): Promise<RetireOutcome> {
  const { id, attempt, kind, digest, audit } = command;
  const args = [attempt, kind, digest, encodeAudit(audit)];
  const { reply, durable } = await security.write('retire', [keys.session(id)], command, args);
  if (statusOf(reply) === 'missing') return missing;
  records.noteAudit(reply[1]);
  const record = records.decode(id, bytesOf(reply[2]));
  return record ? { status: 'retired', record, durable } : missing;
}
