import type { Actor } from '../domain/actor';
import type { AuditEvent } from '../domain/audit-entry';
import type { Device } from '../domain/client';
import type { EndReason } from '../domain/end-reason';
import type { Farewell } from '../store/creation';
import { auditEntry } from './audit';

interface Cause {
  readonly event: AuditEvent;
  readonly reason: EndReason;
  readonly actor: Actor;
  readonly replacedBy: Device | null;
  readonly ip: string | null;
}

/** How sessions end that only the store can find. */
export function farewell(at: number, { event, reason, actor, replacedBy, ip }: Cause): Farewell {
  const entry = () => auditEntry(at, event, { actor, sessionId: null, reason, ip });
  return { ending: { at, reason, actor, replacedBy }, audit: entry(), rest: entry() };
}
