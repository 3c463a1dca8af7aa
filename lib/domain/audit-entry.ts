import type { Actor } from './actor';
import type { SessionId } from './session-id';
import type { Sighting } from './sighting';

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
  'sign_in_refused',
  'step_up_required',
  'step_up_confirmed',
  'risk_noticed',
  'sign_in_disowned',
  'link_issued',
  'user_erased',
] as const;

/** The name of an audit entry. */
export type AuditEvent = (typeof auditEvents)[number];

/** Whether what was tried came about. */
export type AuditOutcome = 'success' | 'failure';

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
  /** What the client was, on entries that tell of a sign-in or of a use that was judged; null on others. */
  readonly client: AuditClient | null;
  /** The user's own id, where whoever writes the entry knows it and no record beside it tells; only kept where `relayed`. */
  readonly subject: string | null;
  /** Of `sign_in_disowned`, when that sign-in was: its own entry may be gone by then. Milliseconds. */
  readonly since?: number;
  /** Whether the outbox is given it as well, in the same step. */
  readonly relayed: boolean;
}

/** What an entry keeps of a client. */
export interface AuditClient extends Pick<Sighting, 'device' | 'deviceMark' | 'location'> {
  readonly risk: { readonly score: number; readonly codes: readonly string[] } | null;
}
