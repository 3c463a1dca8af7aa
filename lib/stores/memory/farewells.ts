import type { AuditEntry } from '../../domain/audit-entry';
import type { SessionId, UserKey } from '../../domain/session-id';
import type { SessionRecord } from '../../domain/session-record';
import type { Farewell } from '../../store/creation';
import { farewellEntryId } from '../../store/farewell-entry-id';
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
  const silent = Math.max(0, leaving.length - memory.retention.tombstones);
  const counts = new Map<Farewell, { readonly of: Entry; count: number }>();
  for (const { entry, farewell } of leaving.slice(0, silent)) {
    memory.drop(entry);
    const count = (counts.get(farewell)?.count ?? 0) + 1;
    counts.set(farewell, { of: entry, count });
  }
  for (const [{ rest }, { of, count }] of counts) memory.log(of.user, { ...rest, count }, userIdOf(of));
  for (const { entry, farewell } of leaving.slice(silent)) {
    const { id } = memory.bury(entry, farewell.ending, attempt);
    memory.log(entry.user, entryOf(farewell.audit, id), userIdOf(entry));
  }
}

/** What this command ended, as far as it left tombstones: the same in its first run and in one that is sent again. */
export function endedBy(memory: Memory, user: UserKey, attempt: Buffer): SessionRecord[] {
  return [...(memory.users.get(user)?.tombstones ?? [])].flatMap((id) => {
    const entry = memory.find(id);
    return entry?.endedBy?.equals(attempt) ? [entry.record] : [];
  });
}

function userIdOf({ record }: Entry): string {
  return record.profile.userId;
}

/** A part of the session's random id serves as the entry's. */
function entryOf(audit: AuditEntry, sessionId: SessionId): AuditEntry {
  return { ...audit, id: farewellEntryId(sessionId), sessionId };
}
