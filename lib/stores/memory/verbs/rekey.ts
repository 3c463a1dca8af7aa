import type { Rekey } from '../../../store/commands';
import type { RekeyOutcome } from '../../../store/outcomes';
import type { Memory } from '../memory';
import { rekeyed, reprofiled } from '../transitions';
import { standing } from './standing';

export function rekey(memory: Memory, command: Rekey): RekeyOutcome {
  const found = standing(memory, command);
  if (!found) return { status: 'missing' };
  const { record } = found.entry;
  if (found.done) return { status: 'rekeyed', record, durable: true };

  const { amendment, keys, at, family } = command;
  if (!family.equals(record.credentials.family)) return { status: 'conflict', record };
  if (amendment && amendment.version !== record.version) return { status: 'conflict', record };
  const reason = memory.outdates(found.entry);
  if (reason !== undefined) return { status: 'outdated', record, reason };
  const next = rekeyed(amendment ? reprofiled(record, amendment) : record, keys, at);
  return { status: 'rekeyed', record: memory.write(found.entry, next, command), durable: true };
}
