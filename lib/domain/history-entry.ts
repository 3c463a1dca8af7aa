import type { Actor } from './actor';
import type { AuditEvent } from './audit-entry';

/** One line of a user's history as apps see it. */
export interface HistoryEntry {
  readonly id: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly event: AuditEvent;
  readonly actor: Actor;
  readonly sessionId: string | null;
  readonly reason: string | null;
  readonly count: number | null;
  readonly ip: string | null;
}
