import type { SetLimit } from '../../../store/creation';
import type { Memory } from '../memory';

export function setLimit(memory: Memory, { user, limit, audit }: SetLimit): void {
  if (limit === null) memory.limits.delete(user);
  else memory.limits.set(user, limit);
  memory.log(user, audit);
}
