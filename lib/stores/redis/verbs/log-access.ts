import type { LogAccess } from '../../../store/access-log';
import { encodeAccess } from '../access-codec';
import type { Backend } from '../backend';

export async function logAccess({ scripts, keys }: Backend, command: LogAccess): Promise<void> {
  const { entry } = command;
  const streams = [keys.accessLog(), keys.anonymousAccessLog()];
  const args = [entry.id, encodeAccess(entry), entry.actor === null ? 1 : 0];
  await scripts.write('logAccess', streams, command, args);
}
