import type { SessionRecord } from '../../domain/session-record';
import type { Backend } from './backend';
import { idOf } from './keys';

const nameBytes = 22;
const atOnce = 100;

/**
 * The live records that these names stand for, in their order; one that ended meanwhile is left out. In as many reads as it takes to
 * keep neither Redis nor this process from others for long.
 */
export async function readNamed(
  { client, calls, keys, records }: Backend,
  names: string,
): Promise<readonly SessionRecord[]> {
  const found: SessionRecord[] = [];
  for (let first = 0; first < names.length; first += atOnce * nameBytes) {
    const ids = idsIn(names.slice(first, first + atOnce * nameBytes));
    const stored = await calls.run(() => client.mgetBuffer(...ids.map((id) => keys.session(id))));
    for (const [index, id] of ids.entries()) {
      const bytes = stored[index];
      const record = bytes ? records.decode(id, bytes) : undefined;
      if (record && !record.ending) found.push(record);
    }
  }
  return found;
}

function idsIn(names: string) {
  return Array.from({ length: names.length / nameBytes }, (_, index) => {
    return idOf(names.slice(index * nameBytes, (index + 1) * nameBytes))!;
  });
}
