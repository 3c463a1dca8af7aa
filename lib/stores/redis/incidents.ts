import { describeThrown } from '../../domain/describe-thrown';
import { warnProcess } from '../../domain/process-warning';
import type { SessionId } from '../../domain/session-id';

/** What the app should know of, besides the errors of its own calls. */
export type RedisIncident =
  /** A record is damaged, or of a newer format: that session is treated as not there. */
  | { readonly kind: 'unreadable-record'; readonly sessionId: SessionId }
  /** A change was made, or a token refused, and its history entry could not be written with it: it is kept in memory, and tried again. */
  | { readonly kind: 'audit-delayed' }
  /** Such an entry is given up: there are a thousand already, or the store was closed. */
  | { readonly kind: 'audit-lost' }
  /** Redis does not let this client hear of changes: the near cache stays off. */
  | { readonly kind: 'near-cache-off'; readonly cause: string }
  /** Redis' clock is behind what it was: it was set back, or another server has taken over. */
  | { readonly kind: 'clock-went-back'; readonly milliseconds: number }
  /** Redis does not let this client wait for replicas: nothing is ever durable. */
  | { readonly kind: 'wait-refused'; readonly cause: string }
  /** An operation failed because Redis is not there or lets nobody in. Told once until an operation succeeds again. */
  | { readonly kind: 'unreachable'; readonly address: string; readonly cause: string };

/** What is called with an incident. */
export type IncidentListener = (incident: RedisIncident) => void;

const codes: Readonly<Record<RedisIncident['kind'], string>> = {
  'unreadable-record': 'SESSIONKEEPER_REDIS_RECORD',
  'audit-delayed': 'SESSIONKEEPER_REDIS_HISTORY_DELAYED',
  'audit-lost': 'SESSIONKEEPER_REDIS_HISTORY',
  'near-cache-off': 'SESSIONKEEPER_REDIS_NEAR_CACHE',
  'wait-refused': 'SESSIONKEEPER_REDIS_DURABILITY',
  'clock-went-back': 'SESSIONKEEPER_REDIS_CLOCK',
  unreachable: 'SESSIONKEEPER_REDIS_UNREACHABLE',
};

function describe(incident: RedisIncident): string {
  switch (incident.kind) {
    case 'unreadable-record':
      return 'A session record in Redis cannot be read (damaged, or written by a newer version); that session is treated as not there.';
    case 'audit-delayed':
      return 'A history entry could not be written to Redis with the change that it tells of; it is kept in memory, and tried again.';
    case 'audit-lost':
      return 'A history entry could not be written to Redis, and is given up; the change that it tells of was made.';
    case 'near-cache-off':
      return `Redis does not let this client hear of changes (CLIENT TRACKING, channel __redis__:invalidate), so the near cache stays off: ${incident.cause}`;
    case 'clock-went-back':
      return `Redis' clock went back by ${incident.milliseconds} ms; sessions live longer by that, and sign-ins may be refused until it has caught up with the last time that a user's sessions were ended.`;
    case 'wait-refused':
      return `Redis does not let this client wait for replicas (WAIT), so that no revocation is ever durable: ${incident.cause}`;
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
    warnProcess(describe(incident), { code: codes[incident.kind] });
  };
}

export function tell(listener: IncidentListener, incident: RedisIncident): void {
  // Whoever listens must not stand between a user and the session, nor end the process (A67).
  const complain = (error: unknown): void => warnProcess(`RedisStore.onIncident failed: ${describeThrown(error)}`);
  try {
    const listened: unknown = listener(incident);
    if (listened instanceof Promise) listened.catch(complain);
  } catch (error) {
    complain(error);
  }
}
