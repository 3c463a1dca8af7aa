import { SessionError } from '../../../domain/error';
import { userKey } from '../../../domain/session-id';
import type { Create, Replaced } from '../../../store/commands';
import type { CreateOutcome } from '../../../store/outcomes';
import { encodeAudit } from '../audit-codec';
import type { Backend } from '../backend';
import { encodeEnding } from '../ending-codec';
import { unavailable } from '../faults';
import { nameOf } from '../keys';
import { encodeRecord } from '../record-encoder';
import { type Argument, bytesOf, statusOf } from '../reply';

export async function create({ scripts, keys, records }: Backend, command: Create): Promise<CreateOutcome> {
  const { record, attempt } = command;
  const user = userKey(record.profile.userId);
  const reply = await scripts.write(
    'create',
    [keys.session(record.id), keys.index(user), keys.audit(user), keys.epoch(user)],
    command,
    [
      attempt,
      encodeRecord(record, attempt),
      command.ordered ? 1 : 0,
      encodeAudit(command.audit),
      ...command.replaces.flatMap(replacedArguments),
    ],
  );
  const status = statusOf(reply);
  if (status === 'stale-sign-in') return { status };
  if (status !== 'created') throw new SessionError('internal_error', { detail: 'the session id is in use' });
  records.noteAudit(Number(reply[1]));
  const created = records.decode(record.id, bytesOf(reply[2]));
  if (!created) throw unavailable('the session that was written cannot be read');
  return { status, record: created, ended: records.decodePairs(reply.slice(3)) };
}

function replacedArguments({ id, digest, ending, audit }: Replaced): Argument[] {
  return [nameOf(id), digest, ending.at, encodeEnding(ending), encodeAudit(audit)];
}
