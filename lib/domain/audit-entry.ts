import type { Actor } from './actor';
import type { SessionId } from './session-id';

/** What the audit remembers, by its event name. The order is the stored code: append only. */
export const auditEvents = [
  'session_created',
  'session_revoked',
  'sessions_revoked',
  'session_updated',
  'session_reissued',
  'token_repeated',
  'token_reused',
  'token_revoked',
  'store_rolled_back',
  'session_evicted',
  'session_limit_reached',
  'session_limit_changed',
  'account_locked',
  'account_unlocked',
  'impersonation_started',
  'one_time_token_issued',
  'one_time_token_redeemed',
  'one_time_token_refused',
] as const;

/** The name of an audit entry. */
export type AuditEvent = (typeof auditEvents)[number];

/** One line of a user's history, written in the same atomic step as the change it tells of. */
export interface AuditEntry {
  /** Eight random bytes in base64url: unique, and the same when a command was sent twice. */
  readonly id: string;
  /** Milliseconds on the store's clock. */
  readonly at: number;
  readonly event: AuditEvent;
  readonly actor: Actor;
  /** null where the entry tells of several sessions. */
  readonly sessionId: SessionId | null;
  readonly reason: string | null;
  /** How many sessions ended, where the entry tells of several; on `session_limit_changed` the new limit. */
  readonly count: number | null;
  readonly ip: string | null;
}
