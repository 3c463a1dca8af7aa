import type { Actor } from '../domain/actor';
import type { AuditEvent } from '../domain/audit-entry';
import type { Device } from '../domain/client';
import type { EndReason } from '../domain/end-reason';
import type { Farewell } from '../store/creation';
import { auditEntry, type AuditRules } from './audit';

interface Cause {
  readonly event: AuditEvent;
  readonly reason: EndReason;
  readonly actor: Actor;
  readonly replacedBy: Device | null;
  readonly ip: string | null;
  /** The user's id, where one entry may be all that tells of it. */
  readonly subject?: string;
}

/** How sessions end that only the store can find. */
export function farewell(rules: AuditRules, at: number, cause: Cause): Farewell {
  const { event, reason, actor, replacedBy, ip, subject = null } = cause;
  const entry = () => auditEntry(rules, at, event, { actor, sessionId: null, reason, ip, subject });
  return { ending: { at, reason, actor, replacedBy }, audit: entry(), rest: entry() };
}
