import type { HistoryQuery } from '../../../store/commands';
import { historyPage } from '../../../store/history-page';
import type { HistoryOutcome } from '../../../store/outcomes';
import type { Memory } from '../memory';

export function history(memory: Memory, query: HistoryQuery): HistoryOutcome {
  const gone = query.at - memory.retention.auditMilliseconds;
  const all = (memory.users.get(query.user)?.history ?? []).filter((entry) => entry.at > gone);
  return historyPage(all, query);
}
