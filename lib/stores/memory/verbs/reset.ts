import type { Reset, ResetOutcome } from '../../../store/counters';
import { atZero, placeOf, released } from '../counter-state';
import type { Memory } from '../memory';

export function reset(memory: Memory, { counters: ids, known, audit, at, attempt }: Reset): ResetOutcome {
  const { counters } = memory;
  if (ids.some((id) => placeOf(counters.find(id), attempt) >= 0)) return { wasHeld: true };
  const held = new Set(ids.filter((id) => (counters.find(id)?.heldUntil ?? 0) > at));
  for (const id of new Set(ids)) {
    const state = counters.find(id);
    if (state) counters.put(id, held.has(id) ? released(state, attempt) : atZero(state), at);
  }
  if (known !== null) counters.put(known, { ...(counters.find(known) ?? atZero()), known: true, heldUntil: 0 }, at);
  if (held.size > 0 && audit) memory.log(audit.user, audit.entry);
  return { wasHeld: held.size > 0 };
}
