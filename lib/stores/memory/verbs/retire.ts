import type { Retire } from '../../../store/commands';
import type { RetireOutcome } from '../../../store/outcomes';
import type { Memory } from '../memory';
import { retired } from '../transitions';
import { standing } from './standing';

export function retire(memory: Memory, command: Retire): RetireOutcome {
  const found = standing(memory, command);
  if (!found) return { status: 'missing' };
  if (found.done) return { status: 'retired', record: found.entry.record, durable: true };
  const next = retired(found.entry.record, command);
  if (!next) return { status: 'missing' };
  return { status: 'retired', record: memory.write(found.entry, next, command), durable: true };
}
