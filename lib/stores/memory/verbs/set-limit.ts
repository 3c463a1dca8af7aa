import type { SetLimit } from '../../../store/creation';
import type { Memory } from '../memory';

export function setLimit(memory: Memory, { user, at, attempt, limit, audit }: SetLimit): void {
  if (memory.wasErased(user, at)) return;
  const shelf = memory.users.open(user);
  if (shelf.hasSetLimit(attempt)) return;
  shelf.rememberLimit(attempt);
  if (limit === null) memory.limits.delete(user);
  else memory.limits.set(user, limit);
  memory.log(user, audit);
}
