import { type UserKey, userTag } from '../../../domain/session-id';
import type { OneTimeId } from '../../../domain/slotted-id';
import type { OneTime } from '../../../store/one-times';
import type { Backend } from '../backend';
import { decodeOneTime } from '../one-time-codec';
import { bytesOf } from '../reply';

const partsEach = 2;

export async function listOneTimes({ scripts, keys }: Backend, user: UserKey): Promise<readonly OneTime[]> {
  const reply = await scripts.read('oneTimesOf', [keys.oneTimesOf(user)], []);
  const found: OneTime[] = [];
  for (let part = 0; part < reply.length; part += partsEach) {
    const id = `${userTag(user)}${String(reply[part])}` as OneTimeId;
    const oneTime = decodeOneTime(id, bytesOf(reply[part + 1]));
    if (oneTime) found.push(oneTime);
  }
  return found;
}
