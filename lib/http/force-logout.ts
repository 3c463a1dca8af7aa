import type { IncomingMessage, ServerResponse } from 'node:http';
import { SessionError } from '../domain/error';
import { readBoolean, readFunction, refuseUnknown } from '../options/read-options';
import type { SessionManager } from '../session-manager';
import { holdResponse } from './held-response';
import type { Middleware, Next } from './message';
import { isSessionError, writeProblem } from './problem';
import { endAfterChange } from './password-changed';
import { type RequestSession, requestSession } from './request-session';
import { warnOfFault } from './fault-warning';

/** What {@link forceLogoutOnPasswordChange} acts on. */
export interface ForceLogoutOptions<
  Req extends IncomingMessage = IncomingMessage,
  Res extends ServerResponse = ServerResponse,
> {
  /** Whose password changed, asked when the handler has answered; the session's user unless given. undefined: nobody's. */
  readonly userId?: (req: Req, res: Res) => string | undefined;
  /** false: the session that changed the password ends as well. */
  readonly keepCurrent?: boolean;
  /** Whether the password did change, asked when the handler has answered; a status below 400 unless given. */
  readonly succeeded?: (req: Req, res: Res) => boolean;
}

const names = ['userId', 'keepCurrent', 'succeeded'];

/**
 * Goes before a handler that changes or resets a password, and does what {@link passwordChanged} does once that has succeeded.
 * The handler's answer is held until the sessions are ended; where the store does not answer, 503 `sessions_not_revoked` takes
 * its place.
 *
 * A bearer client's session ends too: nothing in the handler's answer could carry its new tokens. Call `passwordChanged` in the
 * handler to keep it.
 *
 * @throws SessionError `options_invalid`, naming the option, when it is called
 */
export function forceLogoutOnPasswordChange<
  Data extends object,
  Req extends IncomingMessage = IncomingMessage,
  Res extends ServerResponse = ServerResponse,
>(sessions: SessionManager<Data>, options: ForceLogoutOptions<Req, Res> = {}): Middleware<Req, Res> {
  const where = 'forceLogoutOnPasswordChange';
  const given = refuseUnknown(options, names, where);
  const keepCurrent = readBoolean(given.keepCurrent, `${where}.keepCurrent`, true);
  const readUserId = readFunction<NonNullable<typeof options.userId>>(given.userId, `${where}.userId`);
  const succeeded =
    readFunction<NonNullable<typeof options.succeeded>>(given.succeeded, `${where}.succeeded`) ??
    ((_req, { statusCode }) => statusCode < 400);

  return function forceLogoutOnPasswordChange(req: Req, res: Res, next: Next): void {
    // Before the handler runs: afterwards the password would be changed and nobody signed out.
    if (!readUserId && !requestSession(req, sessions)) {
      next(new SessionError('no_session', { detail: 'Run requireSession before this, or pass userId.' }));
      return;
    }
    holdResponse(
      res,
      () => (succeeded(req, res) ? endSessions(req, res) : undefined),
      (error) => answerFault(res, error),
    );
    next();
  };

  function endSessions(req: Req, res: Res): Promise<unknown> | undefined {
    const current = requestSession(req, sessions);
    const userId = readUserId ? readUserId(req, res) : current?.session.userId;
    if (userId === undefined) return undefined;
    return endAfterChange(sessions, req, res, userId, keepCurrent ? keepOf(current) : 'no');
  }
}

/** New tokens can go out in cookies only; those that the handler has just been given are new enough. */
function keepOf(current: RequestSession | undefined): 'no' | 'as-is' | 'reissued' {
  if (current?.use === 'issued') return 'as-is';
  return current?.transport === 'cookie' ? 'reissued' : 'no';
}

function answerFault(res: ServerResponse, error: unknown): void {
  if (isSessionError(error) && error.status === 503) return writeProblem(res, error);
  warnOfFault('forceLogoutOnPasswordChange', error);
  writeProblem(res, new SessionError('internal_error'));
}
