import type { Revoke } from '../../../store/commands';
import type { RevokeOutcome } from '../../../store/outcomes';
import type { Entry } from '../entry';
import { isLive } from '../liveness';
import type { Memory } from '../memory';

export function revoke(memory: Memory, command: Revoke): RevokeOutcome {
  const entry = memory.find(command.id);
  if (!entry || !isMeant(entry, command)) return { status: 'missing' };
  const { record, endedBy } = entry;
  if (record.ending) {
    return { status: 'ended', record, changed: endedBy?.equals(command.attempt) === true, durable: true };
  }
  if (!isLive(record, command.at)) return { status: 'missing' };
  if (memory.wasErased(entry.user, record.startedAt)) {
    memory.drop(entry);
    return { status: 'missing' };
  }
  const tombstone = memory.bury(entry, command.ending, command.attempt);
  memory.log(entry.user, command.audit, record.profile.userId);
  return { status: 'ended', record: tombstone, changed: true, durable: true };
}

function isMeant({ user, record }: Entry, { owner, family }: Revoke): boolean {
  return (owner === null || owner === user) && (family === null || family.equals(record.credentials.family));
}
