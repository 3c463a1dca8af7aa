import type { OneTimeId } from '../../../domain/slotted-id';
import type { OneTime } from '../../../store/one-times';
import type { Backend } from '../backend';
import { decodeOneTime } from '../one-time-codec';

export async function findOneTime({ client, calls, keys }: Backend, id: OneTimeId): Promise<OneTime | undefined> {
  const key = keys.oneTime(id);
  const bytes = await calls.run(() => client.getBuffer(key));
  return bytes === null ? undefined : decodeOneTime(id, bytes);
}
