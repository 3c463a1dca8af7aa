import type { AuditEntry } from '../domain/audit-entry';
import type { UserKey } from '../domain/session-id';
import type { Write } from './commands';

/**
 * Writes an entry that no change goes with: what was noticed, or what was refused before anything happened. One whose id is in the history
 * is there already: the command was sent twice. Where its user was erased since `startedAt`, it is answered as if it had been written, and is not.
 */
export interface Note extends Write {
  readonly user: UserKey;
  /** When what it tells of began, in milliseconds: a sign-in may have been under way for long before it was refused. */
  readonly startedAt: number;
  readonly audit: AuditEntry;
}
