import { SessionError } from '../../../domain/error';
import type { LimitKind } from '../../../domain/limits';
import { userKey } from '../../../domain/session-id';
import { inTurns } from '../../../domain/in-turns';
import { slottedParts } from '../../../domain/slotted-id';
import type { Create } from '../../../store/creation';
import type { CreateOutcome, LimitReached } from '../../../store/outcomes';
import { encodeAudit } from '../audit-codec';
import type { Backend } from '../backend';
import { encodeFarewell } from '../farewell-codec';
import { unavailable } from '../faults';
import { nameOf } from '../keys';
import { limitsOf, userLimits } from '../limit-arguments';
import { readNamed } from '../named-records';
import { encodeOneTime } from '../one-time-codec';
import { encodeRecord } from '../record-encoder';
import { type Argument, bytesOf, type Reply, statusOf } from '../reply';

const partsEach = 2;

export async function create(backend: Backend, command: Create): Promise<CreateOutcome> {
  const { scripts, keys, records } = backend;
  const { record } = command;
  const user = userKey(record.profile.userId);
  const reply = await scripts.write(
    'create',
    [keys.session(record.id), keys.index(user), keys.audit(user), keys.epoch(user), keys.ownLimit(user)],
    command,
    argumentsOf(command, await inTurns(command.evict?.first ?? [], nameOf)),
  );
  const status = statusOf(reply) as CreateOutcome['status'] | 'taken';
  if (status === 'taken') throw new SessionError('internal_error', { detail: 'the session id is in use' });
  if (status === 'limit-reached') return readReached(backend, reply);
  if (status !== 'created') return { status };
  records.noteAudit(reply[1]);
  const created = records.decode(record.id, bytesOf(reply[2]));
  if (!created) throw unavailable('the session that was written cannot be read');
  const [others, endedCount] = [Number(reply[3]), Number(reply[4])];
  return { status, record: created, ended: records.decodePairs(reply.slice(5)), endedCount, others };
}

function argumentsOf(command: Create, endFirst: readonly string[]): Argument[] {
  const { attempt, record, limits, evict, onReached, consumes } = command;
  return [
    attempt,
    encodeRecord(record, attempt),
    command.ordered ? 1 : 0,
    encodeAudit(command.audit),
    Buffer.concat(command.replaces.flatMap(({ id, digest }) => [Buffer.from(nameOf(id)), digest])),
    command.replacesDevice ? 1 : 0,
    encodeFarewell(command.replacing),
    ...userLimits(limits),
    ...limitsOf(record, limits),
    evict?.order ?? '',
    endFirst.join(''),
    encodeFarewell(command.evicting),
    ...(onReached
      ? [slottedParts(onReached.oneTime.id).name, encodeOneTime(onReached.oneTime), encodeAudit(onReached.audit)]
      : ['', '', '']),
    consumes ? slottedParts(consumes.oneTime).name : '',
    consumes ? nameOf(consumes.ends) : '',
  ];
}

async function readReached(backend: Backend, reply: Reply): Promise<LimitReached> {
  const { records } = backend;
  records.noteAudit(reply[1]);
  const pairs = reply.slice(6);
  const split = Number(reply[4]) * partsEach;
  return {
    status: 'limit-reached',
    limit: { per: String(reply[2]) as LimitKind, max: Number(reply[3]) },
    records: [...records.decodePairs(pairs.slice(split)), ...(await readNamed(backend, String(reply[5])))],
    ended: records.decodePairs(pairs.slice(0, split)),
  };
}
