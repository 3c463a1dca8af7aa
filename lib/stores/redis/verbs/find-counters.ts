import type { CounterId } from '../../../domain/slotted-id';
import type { Counter } from '../../../store/counters';
import type { Backend } from '../backend';
import { counterOf, decodeCounter } from '../counter-codec';
import { unavailable } from '../faults';
import { namesInOneSlot } from '../one-slot';

/** All at one moment: one MGET. */
export async function findCounters(
  { client, calls, keys }: Backend,
  ids: readonly CounterId[],
): Promise<readonly Counter[]> {
  if (ids.length === 0) return [];
  namesInOneSlot(ids);
  const names = ids.map((id) => keys.counter(id));
  const found = await calls.run(() => client.mgetBuffer(...names));
  return found.map((bytes) => {
    const counter = bytes === null ? counterOf(0, 0) : decodeCounter(bytes);
    if (!counter) throw unavailable('a counter cannot be read');
    return counter;
  });
}
