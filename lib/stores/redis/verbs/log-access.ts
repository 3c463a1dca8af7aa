import type { LogAccess } from '../../../store/access-log';
import { encodeAccess } from '../access-codec';
import type { Backend } from '../backend';

export async function logAccess({ scripts, keys }: Backend, command: LogAccess): Promise<void> {
  const { entry } = command;
  await scripts.write('logAccess', [keys.accessLog()], command, [entry.id, encodeAccess(entry)]);
}
