import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SessionManager } from '../session-manager';
import type { RequestSession } from './found-sessions';
import { detachSession } from './request-session';
import { setCookies } from './response-cookies';
import { clearedCookies } from './session-cookies';

/** After this request's session has ended: off the request, and its cookies off the browser. */
export function forgetSession(
  sessions: SessionManager<object>,
  req: IncomingMessage,
  res: ServerResponse,
  ended: RequestSession | undefined,
): void {
  if (ended?.transport === 'cookie') setCookies(res, clearedCookies(sessions.settings.cookies));
  detachSession(req, sessions);
}
