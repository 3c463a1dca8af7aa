import { SessionError } from '../../../domain/error';
import { type UserKey, userKey } from '../../../domain/session-id';
import type { SessionRecord } from '../../../domain/session-record';
import type { Create } from '../../../store/commands';
import type { CreateOutcome } from '../../../store/outcomes';
import { holdsDigest } from '../holds-digest';
import { isLive } from '../liveness';
import type { Memory } from '../memory';
import { restamped } from '../transitions';

export function create(memory: Memory, command: Create): CreateOutcome {
  const user = userKey(command.record.profile.userId);
  const used = memory.find(command.record.id);
  if (used) {
    if (!used.createdBy.equals(command.attempt)) {
      throw new SessionError('internal_error', { detail: 'the session id is in use' });
    }
    return { status: 'created', record: used.record, ended: endedBefore(memory, command) };
  }

  // a time that has not come yet would pass epochs that have not come yet
  const claimed = { ...command.record, startedAt: Math.min(command.record.startedAt, command.at) };
  const epoch = memory.users.get(user)?.epoch?.at ?? -Infinity;
  if (command.ordered && claimed.startedAt <= epoch) return { status: 'stale-sign-in' };

  // what is replaced makes room: a full store refuses before anything changed
  const ended = replace(memory, user, command);
  const record = restamped(claimed, epoch);
  memory.add(user, record, command.at, command.attempt);
  memory.log(user, command.audit);
  return { status: 'created', record, ended };
}

function replace(memory: Memory, user: UserKey, command: Create): SessionRecord[] {
  return command.replaces.flatMap(({ id, digest, ending, audit }) => {
    const entry = memory.find(id);
    if (entry?.user !== user || !isLive(entry.record, command.at)) return [];
    if (!holdsDigest(entry.record.credentials, digest)) return [];
    const record = memory.bury(entry, ending, command.attempt);
    memory.log(user, audit);
    return [record];
  });
}

function endedBefore(memory: Memory, { replaces, attempt }: Create): SessionRecord[] {
  return [...new Set(replaces.map(({ id }) => id))].flatMap((id) => {
    const entry = memory.find(id);
    return entry?.endedBy?.equals(attempt) ? [entry.record] : [];
  });
}
