import type { Actor } from './actor';
import type { AuditEvent, AuditOutcome } from './audit-entry';
import type { Location } from './location';
import type { Sighting } from './sighting';

/** One line of a history as apps see it. Never a token. */
export interface HistoryEntry {
  /** Unique; the same however often the entry is delivered. */
  readonly id: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly event: AuditEvent;
  /** What OWASP's Logging Vocabulary calls it; a name in its style where that has none. */
  readonly vocabulary: string;
  /** `failure`: somebody was refused, or was not who they said. */
  readonly outcome: AuditOutcome;
  readonly actor: Actor;
  /** Whom it is about: a user's id; of locks, the account as it is counted. null where nobody who wrote it knew. */
  readonly subject: string | null;
  readonly sessionId: string | null;
  readonly reason: string | null;
  /** How many sessions ended, where the entry tells of several; on `session_limit_changed` the new limit. */
  readonly count: number | null;
  /** As far as the privacy options let it be kept. */
  readonly ip: string | null;
  /** On entries that tell of a sign-in, or of a use that was judged or refused; null on others. */
  readonly client: HistoryClient | null;
}

/** What a history tells of a client. */
export interface HistoryClient {
  readonly device: Sighting['device'] & {
    /** The same for all sign-ins of one device; it opens nothing. null where the device keeps no id. */
    readonly id: string | null;
  };
  readonly location: Location | null;
  /** What the sign-in or use was judged to be, 0 to 100, and by which signals; null where it was not judged. */
  readonly risk: { readonly score: number; readonly codes: readonly string[] } | null;
}
