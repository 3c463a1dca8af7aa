import type { HistoryQuery } from '../../../store/commands';
import type { HistoryOutcome } from '../../../store/outcomes';
import type { Backend } from '../backend';
import { decodeHistory } from '../history-codec';

/** The whole history is a few kilobytes at most: it comes with one GET, and the page is cut here. */
export async function history({ client, calls, keys, retention }: Backend, query: HistoryQuery): Promise<HistoryOutcome> {
  const key = keys.audit(query.user);
  const bytes = await calls.run(() => client.getBuffer(key));
  const gone = query.at - retention.auditMilliseconds;
  const all = bytes === null ? [] : decodeHistory(bytes).filter(({ at }) => at > gone);
  const seen = all.findIndex(({ id }) => id === query.after);
  // What has dropped out since was older than all that is left.
  const rest = query.after !== null && seen < 0 ? [] : all.slice(seen + 1);
  const entries = rest.slice(0, query.limit);
  const last = entries.at(-1);
  return { entries, next: last && rest.length > entries.length ? last.id : null };
}
