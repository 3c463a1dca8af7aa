import type { AuditEntry } from '../../domain/audit-entry';
import { type Keeping, keepings, owesLogin } from '../../store/kept-entries';
import type { Retention } from '../../store/retention';

type Bounds = Pick<Retention, 'auditEntries' | 'tellingEntries' | 'unprovenEntries'>;

/** What is kept of a history, newest first. */
export function keptHistory(history: readonly AuditEntry[], bounds: Bounds): readonly AuditEntry[] {
  const counts = new Map<string, number>();
  let newest = 0;
  let telling = 0;
  return history.filter((entry) => {
    const keeping = keepingOf(entry);
    const kind = `${entry.event} ${keeping ?? ''}`;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    if (keeping === 'bounded' && count > bounds.unprovenEntries) return false;
    if (newest < bounds.auditEntries) return (newest += 1) > 0;
    if (keeping === 'latest') return count === 1;
    return keeping === 'telling' && (telling += 1) <= bounds.tellingEntries;
  });
}

function keepingOf({ event, reason }: AuditEntry): Keeping | undefined {
  return event === 'session_created' && reason === owesLogin ? 'bounded' : keepings[event];
}
