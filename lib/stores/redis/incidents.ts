import type { SessionId } from '../../domain/session-id';

/** What the app should know of, besides the errors of its own calls. */
export type RedisIncident =
  /** A record is damaged, or of a newer format: that session is treated as not there. */
  | { readonly kind: 'unreadable-record'; readonly sessionId: SessionId }
  /** The change was made, but its history entry could not be written. */
  | { readonly kind: 'audit-lost' }
  /** An operation failed because Redis is not there or lets nobody in. Told once until an operation succeeds again. */
  | { readonly kind: 'unreachable'; readonly address: string; readonly cause: string };

/** What is called with an incident. */
export type IncidentListener = (incident: RedisIncident) => void;

const codes: Readonly<Record<RedisIncident['kind'], string>> = {
  'unreadable-record': 'SESSIONKEEPER_REDIS_RECORD',
  'audit-lost': 'SESSIONKEEPER_REDIS_HISTORY',
  unreachable: 'SESSIONKEEPER_REDIS_UNREACHABLE',
};

function describe(incident: RedisIncident): string {
  switch (incident.kind) {
    case 'unreadable-record':
      return 'A session record in Redis cannot be read (damaged, or written by a newer version); that session is treated as not there.';
    case 'audit-lost':
      return 'A history entry could not be written to Redis; the change that it tells of was made.';
    case 'unreachable':
      return `Redis at ${incident.address} cannot be reached; every operation fails until it can: ${incident.cause}`;
  }
}

/** Where nobody listens: one warning a kind and store, and one each time that Redis was lost. */
export function warnOnce(): IncidentListener {
  const told = new Set<string>();
  return (incident) => {
    if (incident.kind !== 'unreachable') {
      if (told.has(incident.kind)) return;
      told.add(incident.kind);
    }
    process.emitWarning(describe(incident), { type: 'SessionkeeperWarning', code: codes[incident.kind] });
  };
}

export function tell(listener: IncidentListener, incident: RedisIncident): void {
  try {
    listener(incident);
  } catch (error) {
    // Whoever listens must not stand between a user and the session (A67).
    process.emitWarning(`RedisStore.onIncident failed: ${String(error)}`, 'SessionkeeperWarning');
  }
}
