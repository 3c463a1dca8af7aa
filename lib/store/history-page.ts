import type { AuditEntry } from '../domain/audit-entry';
import type { HistoryQuery } from './commands';
import type { HistoryOutcome } from './outcomes';

/** A page of all that a history holds, newest first. */
export function historyPage(
  all: readonly AuditEntry[],
  { after, limit }: Pick<HistoryQuery, 'after' | 'limit'>,
): HistoryOutcome {
  const rest = after === null ? all : all.slice(firstBehind(all, after));
  const entries = rest.slice(0, limit);
  const last = entries.at(-1);
  return { entries, next: last && rest.length > entries.length ? { id: last.id, at: last.at } : null };
}

function firstBehind(all: readonly AuditEntry[], after: NonNullable<HistoryQuery['after']>): number {
  const seen = all.findIndex(({ id }) => id === after.id);
  if (seen >= 0) return seen + 1;
  // Pushed out since, from the middle perhaps.
  const older = all.findIndex(({ at }) => at < after.at);
  return older < 0 ? all.length : older;
}
