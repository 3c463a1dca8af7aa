import type { Touch } from '../../../store/commands';
import type { TouchOutcome } from '../../../store/outcomes';
import { isLive } from '../liveness';
import type { Memory } from '../memory';
import { touched } from '../transitions';

export function touch(memory: Memory, command: Touch): TouchOutcome {
  const entry = memory.find(command.id);
  if (!entry || !isLive(entry.record, command.at)) return { status: 'missing' };
  const reason = memory.outdates(entry);
  if (reason !== undefined) return { status: 'outdated', reason };
  memory.write(entry, touched(entry.record, command), { at: command.at });
  return { status: 'touched' };
}
