import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SessionError } from '../domain/error';
import { readBoolean, readFunction, refuseUnknown } from '../options/read-options';
import type { SessionManager } from '../session-manager';
import { admit } from './admission';
import { readRules } from './admission-rules';
import type { Transport } from './credentials';
import { isNavigation, readLoginUrl, redirectToLogin } from './login-redirect';
import type { Middleware, Next } from './message';
import { isSessionError, writeProblem } from './problem';

/** How {@link requireSession} admits and refuses. */
export interface RequireSessionOptions<
  Req extends IncomingMessage = IncomingMessage,
  Res extends ServerResponse = ServerResponse,
> {
  /** Passes without a session where there is no credential or a dead cookie. A refused bearer token is still refused. */
  readonly optional?: boolean;
  /** Which credentials count; `any`. */
  readonly transport?: Transport | 'any';
  /** false: never renews, for services that only check sessions. */
  readonly autoRefresh?: boolean;
  /** false: this use is no activity (background polls). */
  readonly slide?: boolean;
  /** Reads the store itself, past any cache. */
  readonly fresh?: boolean;
  /** Where HTML navigations without a session are sent (303), with `returnTo`. */
  readonly loginUrl?: string;
  /** Answers in place of this middleware. Store faults do not come here: they go to `next`. */
  readonly onDenied?: (req: Req, res: Res, next: Next, error: SessionError) => unknown;
}

const names = ['optional', 'transport', 'autoRefresh', 'slide', 'fresh', 'loginUrl', 'onDenied'];

/**
 * Admits requests with a live session and hangs it on the request, for {@link getSession}. In cookie mode an access token that
 * has run out is renewed in place, after the check for cross-site requests. 1 round trip; 2 where the session is renewed.
 *
 * Refuses with problem+json: 401 `no_session`, `token_invalid`, `token_expired`, `session_expired` or `session_revoked` (with
 * `reason`), 403 `csrf_refused`, 400 `credentials_conflict`; 503 `store_unavailable` where the store does not answer.
 *
 * @throws SessionError `options_invalid`, naming the option, when it is called
 */
export function requireSession<
  Data extends object,
  Req extends IncomingMessage = IncomingMessage,
  Res extends ServerResponse = ServerResponse,
>(sessions: SessionManager<Data>, options: RequireSessionOptions<Req, Res> = {}): Middleware<Req, Res> {
  const given = refuseUnknown(options, names, 'requireSession');
  const optional = readBoolean(given.optional, 'requireSession.optional', false);
  const loginUrl = readLoginUrl(given.loginUrl);
  const onDenied = readFunction<NonNullable<typeof options.onDenied>>(given.onDenied, 'requireSession.onDenied');
  const rules = readRules(given, 'requireSession');

  return function requireSession(req: Req, res: Res, next: Next): void {
    admit(sessions, req, res, rules).then(
      (denied) => {
        if (denied === undefined || (optional && denied.isAnonymous)) next();
        else refuse(req, res, next, denied.error);
      },
      (error: unknown) => {
        if (isSessionError(error)) refuse(req, res, next, error);
        else next(error);
      },
    );
  };

  function refuse(req: Req, res: Res, next: Next, error: SessionError): void {
    if (onDenied) {
      // A fault is not a refusal: an app that sends refused visitors to sign in would sign everyone out.
      if (error.status >= 500) return next(error);
      return void answerDenied(req, res, next, error, onDenied);
    }
    if (loginUrl === undefined || error.status !== 401 || !isNavigation(req)) return writeProblem(res, error);
    redirectToLogin(req, res, loginUrl);
  }
}

async function answerDenied<Req, Res>(
  req: Req,
  res: Res,
  next: Next,
  error: SessionError,
  onDenied: (req: Req, res: Res, next: Next, error: SessionError) => unknown,
): Promise<void> {
  try {
    await onDenied(req, res, next, error);
  } catch (thrown) {
    next(thrown);
  }
}
