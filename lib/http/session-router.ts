import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duration } from '../domain/duration';
import { SessionError } from '../domain/error';
import { refuseUnknown } from '../options/read-options';
import type { SessionManager } from '../session-manager';
import { warnOfFault } from './fault-warning';
import { protectAnswer, writeJson } from './json-answer';
import type { Middleware } from './message';
import { isSessionError, writeProblem } from './problem';
import { readRecentLogin } from './recent-login';
import type { Answer, Call } from './route';
import { allowed, findPlace } from './route-table';

/** What {@link sessionRouter} asks of its callers. */
export interface SessionRouterOptions {
  /**
   * How recent a login it takes to end other sessions or to trust a device, 1 second or more: else 401 `login_required`, as from
   * {@link requireRecentLogin}. Signing oneself out never takes one. Any login will do unless given.
   */
  readonly recentLogin?: Duration | undefined;
}

/**
 * The endpoints with which people see and end their own sessions; mount it where you like, `/api/v1/sessions` by convention.
 * Bearer or cookie. Answers JSON, refuses with problem+json, and keeps everything out of caches. Costs 1 round trip to admit
 * the caller and those of the {@link SessionManager} method behind the route.
 *
 * `GET /` `DELETE /?scope=others|all` · `GET PATCH DELETE /current` · `GET PATCH DELETE /:id` · `POST /refresh` ·
 * `POST /limit-resolutions` · `POST /validate` · `GET /activity`. Another user's id answers as an unknown one, 404.
 *
 * @throws SessionError `options_invalid`, naming the option, when it is called
 */
export function sessionRouter<Data extends object>(
  sessions: SessionManager<Data>,
  options: SessionRouterOptions = {},
): Middleware {
  const given = refuseUnknown(options, ['recentLogin'], 'sessionRouter');
  const recentLogin =
    given.recentLogin === undefined ? undefined : readRecentLogin(given.recentLogin, 'sessionRouter.recentLogin');

  return function sessionRouter(req: IncomingMessage, res: ServerResponse): void {
    void serve({ sessions, req, res, recentLogin });
  };
}

/** A request, and what its router asks of it. */
type Served = Pick<Call, 'sessions' | 'req' | 'res' | 'recentLogin'>;

async function serve(served: Served): Promise<void> {
  const { res } = served;
  try {
    const answer = await answerOf(served);
    if (answer && !res.headersSent) write(res, answer);
  } catch (error) {
    if (isSessionError(error)) return writeProblem(res, error);
    warnOfFault('sessionRouter', error);
    writeProblem(res, new SessionError('internal_error'));
  }
}

async function answerOf(served: Served): Promise<Answer | undefined> {
  const { req, res } = served;
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
  return route({ ...served, search: mark === -1 ? '' : url.slice(mark + 1), id: place.id });
}

function write(res: ServerResponse, { status, body }: Answer): void {
  if (body) return writeJson(res, status, body);
  protectAnswer(res);
  res.statusCode = status;
  res.end();
}
