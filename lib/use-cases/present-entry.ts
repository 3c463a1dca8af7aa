import { type AuditClient, type AuditEntry } from '../domain/audit-entry';
import { auditVocabulary } from '../domain/audit-vocabulary';
import type { HistoryClient, HistoryEntry } from '../domain/history-entry';
import { isoTime } from '../domain/iso-time';

/** An entry as apps, sinks and people may see it. `subject`: whose history has it, as far as that is known. */
export function presentEntry(entry: AuditEntry, subject: string | null): HistoryEntry {
  const { id, at, event, actor, sessionId, reason, count, ip, client } = entry;
  const { vocabulary, outcome } = auditVocabulary[event];
  return {
    id,
    at: isoTime(at),
    event,
    vocabulary,
    outcome,
    actor,
    subject: subject ?? entry.subject,
    sessionId,
    reason,
    count,
    ip,
    client: client && presentClient(client),
  };
}

function presentClient({ device, deviceMark, location, risk }: AuditClient): HistoryClient {
  return { device: { ...device, id: deviceMark }, location, risk };
}
