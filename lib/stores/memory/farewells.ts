import type { AuditEntry } from '../../domain/audit-entry';
import { type SessionId, sessionIdBytes, type UserKey } from '../../domain/session-id';
import type { SessionRecord } from '../../domain/session-record';
import type { Farewell } from '../../store/creation';
import { retention } from '../../store/retention';
import type { Entry } from './entry';
import type { Memory } from './memory';

/** A session that ends, and how. */
export interface Leaving {
  readonly entry: Entry;
  readonly farewell: Farewell;
}

/**
 * Ends sessions. The last of them leave tombstones and audit entries, as many as there is room for; the others an entry with
 * their count.
 */
export function endAll(memory: Memory, leaving: readonly Leaving[], attempt: Buffer): void {
  const silent = Math.max(0, leaving.length - retention.tombstones);
  const counts = new Map<Farewell, { readonly user: UserKey; count: number }>();
  for (const { entry, farewell } of leaving.slice(0, silent)) {
    memory.drop(entry);
    const count = (counts.get(farewell)?.count ?? 0) + 1;
    counts.set(farewell, { user: entry.user, count });
  }
  for (const [{ rest }, { user, count }] of counts) memory.log(user, { ...rest, count });
  for (const { entry, farewell } of leaving.slice(silent)) {
    const { id } = memory.bury(entry, farewell.ending, attempt);
    memory.log(entry.user, entryOf(farewell.audit, id));
  }
}

/** What this command ended, as far as it left tombstones: the same in its first run and in one that is sent again. */
export function endedBy(memory: Memory, user: UserKey, attempt: Buffer): SessionRecord[] {
  return [...(memory.users.get(user)?.tombstones ?? [])].flatMap((id) => {
    const entry = memory.find(id);
    return entry?.endedBy?.equals(attempt) ? [entry.record] : [];
  });
}

/** A part of the session's random id serves as the entry's. */
function entryOf(audit: AuditEntry, sessionId: SessionId): AuditEntry {
  const id = Buffer.from(sessionIdBytes(sessionId).subarray(2, 10)).toString('base64url');
  return { ...audit, id, sessionId };
}
