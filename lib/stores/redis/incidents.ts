import type { SessionId } from '../../domain/session-id';

/** What went wrong without failing the operation. */
export type RedisIncident =
  /** A record is damaged, or of a newer format: that session is treated as not there. */
  | { readonly kind: 'unreadable-record'; readonly sessionId: SessionId }
  /** The change was made, but its history entry could not be written. */
  | { readonly kind: 'audit-lost' };

export type IncidentListener = (incident: RedisIncident) => void;

const warnings: Readonly<Record<RedisIncident['kind'], { readonly code: string; readonly message: string }>> = {
  'unreadable-record': {
    code: 'SESSIONKEEPER_REDIS_RECORD',
    message:
      'A session record in Redis cannot be read (damaged, or written by a newer version); that session is treated as not there.',
  },
  'audit-lost': {
    code: 'SESSIONKEEPER_REDIS_HISTORY',
    message: 'A history entry could not be written to Redis; the change that it tells of was made.',
  },
};

/** Where nobody listens: one warning a kind and store. */
export function warnOnce(): IncidentListener {
  const told = new Set<string>();
  return ({ kind }) => {
    if (told.has(kind)) return;
    told.add(kind);
    const { code, message } = warnings[kind];
    process.emitWarning(message, { type: 'SessionkeeperWarning', code });
  };
}
