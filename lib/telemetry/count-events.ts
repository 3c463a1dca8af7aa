import { endReasons } from '../domain/end-reason';
import type { Emitter } from '../events/emitter';
import type { Measurements } from './measurements';

const known: ReadonlySet<string> = new Set(endReasons);

/** Counts what happened to sessions, by what the events tell of it. */
export function countEvents(events: Emitter, measurements: Measurements): void {
  const ended = (amount: number, reason: string): void => {
    // An app's own words may be as many as it likes, and labels must be few.
    const label = known.has(reason) ? reason : 'other';
    if (amount > 0) measurements.add('sessionsEnded', amount, { 'sessionkeeper.reason': label });
  };
  const created = (kind: 'login' | 'impersonation'): void =>
    measurements.add('sessionsCreated', 1, { 'sessionkeeper.kind': kind });

  events.on('session.created', () => created('login'));
  events.on('impersonation.started', () => created('impersonation'));
  events.on('session.ended', ({ reason }) => ended(1, reason));
  events.on('sessions.ended', ({ count, reason }) => ended(count, reason));
  events.on('fleet.ending-finished', ({ ending: { endedSessions, reason } }) => ended(endedSessions, reason));
  events.on('token.reused', () => measurements.add('tokenReuses', 1));
  events.on('account.locked', ({ scope, status }) =>
    measurements.add('lockouts', 1, { 'sessionkeeper.scope': scope, 'sessionkeeper.status': status }),
  );
  events.on('background.failed', ({ operation }) =>
    measurements.add('backgroundFailures', 1, { 'sessionkeeper.operation': operation }),
  );
}
