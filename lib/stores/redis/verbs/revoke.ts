import type { Revoke } from '../../../store/commands';
import type { RevokeOutcome } from '../../../store/outcomes';
import { encodeAudit } from '../audit-codec';
import type { Backend } from '../backend';
import { encodeEnding } from '../ending-codec';
import { bytesOf, statusOf } from '../reply';
import { missing } from './missing';

export async function revoke({ security, keys, records }: Backend, command: Revoke): Promise<RevokeOutcome> {
  const { id, attempt, owner, family, ending, audit } = command;
  const args = [attempt, owner ?? '', family ?? '', ending.at, encodeEnding(ending), encodeAudit(audit)];
  const { reply, durable } = await security.write('revoke', [keys.session(id)], command, args);
  if (statusOf(reply) === 'missing') return missing;
  records.noteAudit(reply[1]);
  const record = records.decode(id, bytesOf(reply[2]));
  return record ? { status: 'ended', record, changed: reply[3] === 1, durable } : missing;
}
