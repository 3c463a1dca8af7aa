import type { Touch } from '../../../store/commands';
import type { TouchOutcome } from '../../../store/outcomes';
import type { Backend } from '../backend';
import { statusOf } from '../reply';
import { missing } from './missing';

export async function touch({ scripts, keys }: Backend, command: Touch): Promise<TouchOutcome> {
  const args = [command.slide ? 1 : 0, command.confirm ?? ''];
  const reply = await scripts.write('touch', [keys.session(command.id)], command, args);
  const status = statusOf(reply) as TouchOutcome['status'];
  if (status === 'missing') return missing;
  return status === 'outdated' ? { status, reason: String(reply[1]) } : { status };
}
