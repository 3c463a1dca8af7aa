import type { Repeat } from '../../../store/commands';
import type { RepeatOutcome } from '../../../store/outcomes';
import type { Memory } from '../memory';
import { repeated } from '../transitions';
import { standing } from './standing';

export function repeat(memory: Memory, command: Repeat): RepeatOutcome {
  const found = standing(memory, command);
  if (!found) return { status: 'missing' };
  const { entry, done } = found;
  const { record } = entry;
  if (done) return { status: 'repeated', record };

  const { family, generation, parent, refreshRevoked, repeats } = record.credentials;
  const isSame = family.equals(command.family) && generation === command.generation;
  if (!isSame || parent === null || refreshRevoked) return { status: 'conflict', record };
  const reason = memory.outdates(entry);
  if (reason !== undefined) return { status: 'outdated', record, reason };
  const next = memory.write(entry, repeated(record, command.at), { at: command.at, attempt: command.attempt });
  if (repeats === 0) memory.log(entry.user, command.audit, record.profile.userId);
  return { status: 'repeated', record: next };
}
