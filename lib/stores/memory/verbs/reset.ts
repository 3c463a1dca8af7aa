import type { Reset, ResetOutcome } from '../../../store/counters';
import { atZero, placeOf, released } from '../counter-state';
import type { Memory } from '../memory';

export function reset(memory: Memory, { counters: ids, known, audit, at, attempt }: Reset): ResetOutcome {
  const { counters } = memory;
  if (ids.some((id) => placeOf(counters.find(id), attempt) >= 0)) return { forgot: true };
  const forgotten = new Set(ids.filter((id) => (counters.find(id)?.count ?? 0) > 0));
  for (const id of new Set(ids)) {
    const state = counters.find(id);
    if (state) counters.put(id, audit && forgotten.has(id) ? released(state, attempt) : atZero(state), at);
  }
  if (known !== null) counters.put(known, { ...(counters.find(known) ?? atZero()), known: true, heldUntil: 0 }, at);
  if (forgotten.size > 0 && audit) memory.log(audit.user, audit.entry);
  return { forgot: forgotten.size > 0 };
}
