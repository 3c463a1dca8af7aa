import type { AuditEntry } from '../domain/audit-entry';
import type { UserKey } from '../domain/session-id';
import type { Write } from './commands';

/**
 * Writes an entry that no change goes with: what was noticed, or what was refused before anything happened. One whose id is in the history
 * is there already: the command was sent twice.
 */
export interface Note extends Write {
  readonly user: UserKey;
  readonly audit: AuditEntry;
}
