import type { TallySignIns } from '../../../store/fleet';
import type { Backend } from '../backend';

export async function tallySignIns({ scripts, keys }: Backend, command: TallySignIns): Promise<void> {
  await scripts.write('tallySignIns', [keys.signIns(command.hour)], command, [command.count]);
}
