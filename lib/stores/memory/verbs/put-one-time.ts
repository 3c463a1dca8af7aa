import type { PutOneTime } from '../../../store/one-times';
import type { Memory } from '../memory';

export function putOneTime(memory: Memory, { oneTime, audit, at }: PutOneTime): void {
  if (oneTime.user !== null && memory.wasErased(oneTime.user, at)) return;
  if (memory.oneTimes.put(oneTime, at) && oneTime.user !== null) memory.log(oneTime.user, audit);
}
