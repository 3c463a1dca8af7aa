import type { IncomingMessage, ServerResponse } from 'node:http';
import { type LimitOptions, readLimits } from '../options/limits';
import type { SessionManager } from '../session-manager';
import { checkManager } from './manager-argument';
import type { Middleware, Next } from './message';
import { setRequestLimit } from './request-limit';

/**
 * Goes before a handler that signs people in, and sets the limit that {@link signIn} keeps in this request, in place of all of
 * the manager's. A user's own limit that was set with `sessions.limits.set` still counts. No round trip.
 *
 * @throws SessionError `options_invalid`, naming the option, when it is called
 */
export function enforceSessionLimit<Data extends object>(
  sessions: SessionManager<Data>,
  limit: LimitOptions,
): Middleware {
  checkManager(sessions, 'enforceSessionLimit');
  const settings = readLimits(limit, 'enforceSessionLimit');

  return function enforceSessionLimit(req: IncomingMessage, _res: ServerResponse, next: Next): void {
    setRequestLimit(req, sessions, settings);
    next();
  };
}
