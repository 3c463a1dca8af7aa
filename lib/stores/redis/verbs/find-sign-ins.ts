import type { Backend } from '../backend';

export async function findSignIns(
  { client, calls, keys }: Backend,
  hours: readonly number[],
): Promise<readonly number[]> {
  if (hours.length === 0) return [];
  const names = hours.map((hour) => keys.signIns(hour));
  const counts = await calls.run(() => client.mgetBuffer(...names));
  return counts.map((count) => (count === null ? 0 : Number(count.toString('latin1'))));
}
