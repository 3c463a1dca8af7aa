import type { Emitter } from '../../events/emitter';
import type { AuditSettings } from '../../options/audit';
import type { SessionStore } from '../../store/session-store';
import type { Timekeeper } from '../timekeeper';
import { AuditDelivery } from './audit-delivery';
import { tellingStore } from './telling-store';

interface AuditParts {
  readonly store: SessionStore;
  readonly time: Timekeeper;
  readonly events: Emitter;
}

/** The store as use cases have it, and what brings its audit to the sinks. Without a sink the store itself, and nothing. */
export function openAudit(
  settings: AuditSettings,
  parts: AuditParts,
  closing: AbortSignal,
): { readonly store: SessionStore; readonly audit: AuditDelivery | null } {
  if (!settings.isDurable && !settings.isTold) return { store: parts.store, audit: null };
  const audit = new AuditDelivery(settings, parts, closing);
  audit.start();
  return { store: tellingStore(parts.store, (told) => audit.tell(told)), audit };
}
