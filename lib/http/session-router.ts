import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duration } from '../domain/duration';
import { refuseUnknown } from '../options/read-options';
import type { SessionManager } from '../session-manager';
import type { Middleware } from './message';
import { readRecentLogin } from './recent-login';
import type { SessionContext, SessionEndpoint } from './route';
import { Router } from './router/router';
import { activity } from './routes/activity';
import { amend } from './routes/amend';
import { end } from './routes/end';
import { endCurrent } from './routes/end-current';
import { endMany } from './routes/end-many';
import { list } from './routes/list';
import { refresh } from './routes/refresh';
import { renameCurrent } from './routes/rename-current';
import { resolveLimit } from './routes/resolve-limit';
import { show } from './routes/show';
import { showCurrent } from './routes/show-current';
import { validate } from './routes/validate';

const endpoints: readonly SessionEndpoint[] = [
  list,
  endMany,
  showCurrent,
  renameCurrent,
  endCurrent,
  refresh,
  resolveLimit,
  validate,
  activity,
  show,
  amend,
  end,
];

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

  const router = new Router<SessionContext>('sessionRouter', endpoints, (_arrival, answer) =>
    answer({ sessions, recentLogin }),
  );

  return function sessionRouter(req: IncomingMessage, res: ServerResponse): void {
    void router.serve(req, res);
  };
}
