import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duration } from '../domain/duration';
import type { SessionError } from '../domain/error';
import { refuseUnknown } from '../options/read-options';
import type { SessionManager } from '../session-manager';
import { admit } from './admission';
import { usualRules } from './admission-rules';
import { checkManager } from './manager-argument';
import type { Middleware, Next } from './message';
import { readRecentLogin, refuseOldLogin } from './recent-login';
import { readRefusal, refusalNames, type RefusalOptions } from './refusal';
import { getSession, requestSession } from './request-session';

/** How recent a login {@link requireRecentLogin} wants, and how it refuses. */
export interface RequireRecentLoginOptions<
  Req extends IncomingMessage = IncomingMessage,
  Res extends ServerResponse = ServerResponse,
> extends RefusalOptions<Req, Res> {
  /** How long ago the user may have signed in or confirmed the login: 1 second or more. */
  readonly within: Duration;
}

const where = 'requireRecentLogin';

/**
 * Admits requests whose user has proved lately who they are: with a sign-in, or with {@link confirmLogin}. A renewal never counts, so a
 * remembered session grows old like any other. No round trip behind {@link requireSession}; without it, does that first, with
 * its default rules.
 *
 * Refuses with problem+json as that does, and with 401 `login_required` (RFC 9470 `insufficient_user_authentication`, `max_age`)
 * where the login is older; with 403 `forbidden_while_impersonating` where an administrator uses the session in the user's place.
 *
 * @throws SessionError `options_invalid`, naming the option, when it is called
 */
export function requireRecentLogin<
  Data extends object,
  Req extends IncomingMessage = IncomingMessage,
  Res extends ServerResponse = ServerResponse,
>(sessions: SessionManager<Data>, options: RequireRecentLoginOptions<Req, Res>): Middleware<Req, Res> {
  checkManager(sessions, where);
  const given = refuseUnknown(options, ['within', ...refusalNames], where);
  const recent = readRecentLogin(given.within, `${where}.within`);
  const settle = readRefusal<Req, Res>(given, where);

  return function requireRecentLogin(req: Req, res: Res, next: Next): void {
    settle(judge(req, res), req, res, next);
  };

  async function judge(req: Req, res: Res): Promise<SessionError | undefined> {
    // Whoever was admitted before is not again: that may have been as no activity.
    const denied = requestSession(req, sessions) ? undefined : await admit(sessions, req, res, usualRules);
    return denied?.error ?? refuseOldLogin(sessions, getSession(req, sessions), recent);
  }
}
