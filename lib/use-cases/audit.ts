import type { Actor } from '../domain/actor';
import type { AuditEntry, AuditEvent } from '../domain/audit-entry';
import type { SessionId } from '../domain/session-id';
import { mintAttempt } from '../tokens/mint';

interface Facts {
  readonly actor: Actor;
  readonly sessionId: SessionId | null;
  readonly reason?: string;
  readonly ip?: string | null;
}

/** An entry as the store writes it with the change; a store fills in `count` itself. */
export function auditEntry(at: number, event: AuditEvent, { actor, sessionId, reason, ip }: Facts): AuditEntry {
  return {
    id: mintAttempt().toString('base64url'),
    at,
    event,
    actor,
    sessionId,
    reason: reason ?? null,
    count: null,
    ip: ip ?? null,
    client: null,
    subject: null,
    relayed: false,
  };
}
