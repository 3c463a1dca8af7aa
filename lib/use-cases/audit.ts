import { keptAddress } from '../device/kept-address';
import type { Actor } from '../domain/actor';
import type { AuditClient, AuditEntry, AuditEvent } from '../domain/audit-entry';
import type { SessionId } from '../domain/session-id';
import type { ManagerSettings } from '../options/manager-options';
import { mintAttempt } from '../tokens/mint';

/** What of the options tells how entries are written. */
export type AuditRules = Pick<ManagerSettings, 'audit' | 'privacy'>;

interface Facts {
  readonly actor: Actor;
  /** null where the entry tells of several sessions, or of none. */
  readonly sessionId: SessionId | null;
  readonly reason?: string;
  /** Of it no more is written than may be kept (A77). */
  readonly ip?: string | null;
  /** Who called; see `auditClient`. */
  readonly client?: AuditClient | null;
  /** The user id, or the account of a lock: to be given where the store has no session of theirs at hand as it writes the entry. */
  readonly subject?: string | null;
  readonly since?: number;
}

/** An entry as the store writes it with the change; a store fills in `count` itself. Never a token (A65). */
export function auditEntry(rules: AuditRules, at: number, event: AuditEvent, facts: Facts): AuditEntry {
  const { actor, sessionId, reason = null, ip = null, client = null, subject = null, since } = facts;
  const relayed = relays(rules);
  return {
    id: mintAttempt().toString('base64url'),
    at,
    event,
    actor,
    sessionId,
    reason,
    count: null,
    ip: keptAddress(ip, rules.privacy.ip),
    client,
    // A sink that is told from memory is told whose it is, too.
    subject: relayed || rules.audit.isTold ? subject : null,
    relayed,
    ...(since !== undefined && { since }),
  };
}

/** Whether the outbox is given each entry too. */
export function relays({ audit }: Pick<AuditRules, 'audit'>): boolean {
  return audit.isDurable;
}
