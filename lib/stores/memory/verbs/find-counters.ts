import type { CounterId } from '../../../domain/slotted-id';
import type { Counter } from '../../../store/counters';
import type { Memory } from '../memory';

export function findCounters({ counters }: Memory, ids: readonly CounterId[]): readonly Counter[] {
  return ids.map((id) => {
    const { count, heldUntil } = counters.find(id) ?? { count: 0, heldUntil: 0 };
    return { count, heldUntil };
  });
}
