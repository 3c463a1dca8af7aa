import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SessionManager } from '../session-manager';
import { detachSession, requestSession } from './request-session';
import { setCookies } from './response-cookies';
import { clearedCookies } from './session-cookies';

/** After this request's session has ended: off the request, and its cookies off the browser. */
export function forgetSession(sessions: SessionManager<object>, req: IncomingMessage, res: ServerResponse): void {
  const known = requestSession(req, sessions);
  if (known?.transport === 'cookie') setCookies(res, clearedCookies(sessions.settings.cookies));
  detachSession(req, sessions);
}
