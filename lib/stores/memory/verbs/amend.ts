import type { Amend } from '../../../store/commands';
import type { AmendOutcome } from '../../../store/outcomes';
import type { Memory } from '../memory';
import { amended } from '../transitions';
import { standing } from './standing';

export function amend(memory: Memory, command: Amend): AmendOutcome {
  const found = standing(memory, command);
  if (!found) return { status: 'missing' };
  const { record } = found.entry;
  if (found.done) return { status: 'amended', record };
  if (record.version !== command.version) return { status: 'conflict', record };
  return { status: 'amended', record: memory.write(found.entry, amended(record, command), command) };
}
