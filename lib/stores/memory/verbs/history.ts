import type { HistoryQuery } from '../../../store/commands';
import type { HistoryOutcome } from '../../../store/outcomes';
import type { Memory } from '../memory';

export function history(memory: Memory, { user, at, after, limit }: HistoryQuery): HistoryOutcome {
  const gone = at - memory.retention.auditMilliseconds;
  const all = (memory.users.get(user)?.history ?? []).filter((entry) => entry.at > gone);
  const seen = all.findIndex(({ id }) => id === after);
  // an entry that was pruned since is older than all that is left
  if (after !== null && seen < 0) return { entries: [], next: null };
  const rest = all.slice(seen + 1);
  const entries = rest.slice(0, limit);
  return { entries, next: rest.length > limit ? (entries.at(-1)?.id ?? null) : null };
}
