import type { HistoryQuery } from '../../../store/commands';
import { historyPage } from '../../../store/history-page';
import type { HistoryOutcome } from '../../../store/outcomes';
import type { Backend } from '../backend';
import { decodeHistory } from '../history-codec';

/** The whole history is some ten kilobytes at most: it comes with one GET, and the page is cut here. */
export async function history(
  { client, calls, keys, retention }: Backend,
  query: HistoryQuery,
): Promise<HistoryOutcome> {
  const key = keys.audit(query.user);
  const bytes = await calls.run(() => client.getBuffer(key));
  const gone = query.at - retention.auditMilliseconds;
  return historyPage(bytes === null ? [] : decodeHistory(bytes).filter(({ at }) => at > gone), query);
}
