import type { IncomingMessage, ServerResponse } from 'node:http';
import { SessionError } from '../domain/error';
import type { SessionManager } from '../session-manager';
import { warnOfFault } from './fault-warning';
import { protectAnswer, writeJson } from './json-answer';
import type { Middleware } from './message';
import { isSessionError, writeProblem } from './problem';
import type { Answer } from './route';
import { allowed, findPlace } from './route-table';

/**
 * The endpoints with which people see and end their own sessions; mount it where you like, `/api/v1/sessions` by convention.
 * Bearer or cookie. Answers JSON, refuses with problem+json, and keeps everything out of caches. Costs 1 round trip to admit
 * the caller and those of the {@link SessionManager} method behind the route.
 *
 * `GET /` `DELETE /?scope=others|all` · `GET PATCH DELETE /current` · `GET PATCH DELETE /:id` · `POST /refresh` ·
 * `POST /validate` · `GET /activity`. Another user's id answers as an unknown one, 404.
 */
export function sessionRouter<Data extends object>(sessions: SessionManager<Data>): Middleware {
  return function sessionRouter(req: IncomingMessage, res: ServerResponse): void {
    void serve(sessions, req, res);
  };
}

async function serve(sessions: SessionManager<object>, req: IncomingMessage, res: ServerResponse): Promise<void> {
  try {
    const answer = await answerOf(sessions, req, res);
    if (answer && !res.headersSent) write(res, answer);
  } catch (error) {
    if (isSessionError(error)) return writeProblem(res, error);
    warnOfFault('sessionRouter', error);
    writeProblem(res, new SessionError('internal_error'));
  }
}

async function answerOf(
  sessions: SessionManager<object>,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<Answer | undefined> {
  const { url = '/', method = 'GET' } = req;
  const mark = url.indexOf('?');
  const place = findPlace(mark === -1 ? url : url.slice(0, mark));
  if (!place) throw new SessionError('not_found');
  if (method === 'OPTIONS') {
    res.setHeader('Allow', allowed(place));
    return { status: 204 };
  }
  const route = place.methods.get(method);
  if (!route) {
    writeProblem(res, new SessionError('method_not_allowed'), { Allow: allowed(place) });
    return undefined;
  }
  return route({ sessions, req, res, search: mark === -1 ? '' : url.slice(mark + 1), id: place.id });
}

function write(res: ServerResponse, { status, body }: Answer): void {
  if (body) return writeJson(res, status, body);
  protectAnswer(res);
  res.statusCode = status;
  res.end();
}
