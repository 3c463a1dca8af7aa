import type { IncomingMessage, ServerResponse } from 'node:http';
import { sessionApi } from '../contract/session-api';
import type { Duration } from '../domain/duration';
import { readBoolean, refuseUnknown } from '../options/read-options';
import type { SessionManager } from '../session-manager';
import { absentDocs, docsEndpoints } from './docs/docs-endpoints';
import { type DisownPageOptions, readDisownOptions } from './disowning/options';
import { checkManager } from './manager-argument';
import type { Middleware } from './message';
import { readRecentLogin } from './recent-login';
import type { SessionContext } from './route';
import { Router } from './router/router';
import { disownEndpoints, sessionEndpoints } from './session-endpoints';

/** What {@link sessionRouter} asks of its callers. */
export interface SessionRouterOptions {
  /**
   * How recent a login it takes to end other sessions or to trust a device, 1 second or more: else 401 `login_required`, as from
   * {@link requireRecentLogin}. Signing oneself out never takes one. Any login will do unless given.
   */
  readonly recentLogin?: Duration | undefined;
  /**
   * Whether `GET /openapi.json` and `GET /docs` are served, to anyone: they hold no secrets. true unless given. The page needs the
   * package `swagger-ui-dist`.
   */
  readonly docs?: boolean | undefined;
  /**
   * What the pages of links that say "this wasn't me" are told (`docs/this-wasnt-me.md`); false: the app answers such links itself, with
   * `sessions.disowning`, and this router knows no `/disown`.
   */
  readonly disown?: DisownPageOptions | false | undefined;
}

/**
 * The endpoints with which people see and end their own sessions; mount it where you like, `/api/v1/sessions` by convention.
 * Bearer or cookie. Answers JSON, refuses with problem+json, and keeps everything out of caches. Costs 1 round trip to admit
 * the caller and those of the {@link SessionManager} method behind the route.
 *
 * `GET /` `DELETE /?scope=others|all` · `GET PATCH DELETE /current` · `GET PATCH DELETE /:id` · `POST /refresh` ·
 * `GET /devices` · `DELETE /devices/:deviceId` · `GET /activity` · `POST /limit-resolutions` · `POST /token` · `POST /validate` ·
 * `GET POST /disown` · `GET /openapi.json` · `GET /docs`. Another user's id answers as an unknown one, 404.
 *
 * @throws SessionError `options_invalid`, naming the option, when it is called
 */
export function sessionRouter<Data extends object>(
  sessions: SessionManager<Data>,
  options: SessionRouterOptions = {},
): Middleware {
  checkManager(sessions, 'sessionRouter');
  const given = refuseUnknown(options, ['recentLogin', 'docs', 'disown'], 'sessionRouter');
  const recentLogin =
    given.recentLogin === undefined ? undefined : readRecentLogin(given.recentLogin, 'sessionRouter.recentLogin');

  const disownPages = readDisownOptions(given.disown);
  const wanted = disownPages ? [...sessionEndpoints, ...disownEndpoints] : sessionEndpoints;

  const docs = readBoolean(given.docs, 'sessionRouter.docs', true)
    ? docsEndpoints(sessionApi, wanted, { page: true, canTry: true })
    : absentDocs;

  const endpoints = [...wanted, ...docs];
  const router = new Router<SessionContext>('sessionRouter', endpoints, (_arrival, answer) =>
    answer({ sessions, recentLogin, disownPages: disownPages ?? {} }),
  );

  return function sessionRouter(req: IncomingMessage, res: ServerResponse): void {
    void router.serve(req, res);
  };
}
