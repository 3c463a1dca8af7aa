import type { IncomingMessage, ServerResponse } from 'node:http';
import { SessionError } from '../domain/error';
import { readBoolean, readFunction, refuseUnknown } from '../options/read-options';
import type { SessionManager } from '../session-manager';
import { warnOfFault } from './fault-warning';
import type { RequestSession } from './found-sessions';
import { forbiddenWhileImpersonating } from './forbidden-while-impersonating';
import { holdResponse } from './held-response';
import { checkManager } from './manager-argument';
import type { Middleware, Next } from './message';
import { type AfterChange, endAfterChange } from './password-changed';
import { isSessionError, writeProblem } from './problem';
import { requestSession } from './request-session';

/** What {@link forceLogoutOnPasswordChange} acts on. */
export interface ForceLogoutOptions<
  Req extends IncomingMessage = IncomingMessage,
  Res extends ServerResponse = ServerResponse,
> {
  /**
   * Whose password changed, asked when the handler has answered; unless given, the user of the session that the request came with,
   * even if the handler has signed them out. undefined: nobody's.
   */
  readonly userId?: (req: Req, res: Res) => string | undefined;
  /** false: the session that changed the password ends as well; one that the handler has signed in to stays. */
  readonly keepCurrent?: boolean;
  /**
   * Whether the password did change, asked when the handler has answered, and before that if the client leaves; a status below 400
   * unless given.
   */
  readonly succeeded?: (req: Req, res: Res) => boolean;
}

const names = ['userId', 'keepCurrent', 'succeeded'];

/**
 * Goes before a handler that changes or resets a password, and does what {@link passwordChanged} does once that has succeeded.
 * The handler's answer is held until the sessions are ended; where the store does not answer, 503 `sessions_not_revoked` takes
 * its place. Where the client leaves before there is an answer, the sessions end at once, this one too, unless `succeeded` says
 * no: the handler may never answer, and the password be changed all the same.
 *
 * A bearer client's session ends too: nothing in the handler's answer could carry its new tokens. Call `passwordChanged` in the
 * handler to keep it.
 *
 * Where an administrator uses the session in the user's place, the handler does not run: 403 `forbidden_while_impersonating`.
 *
 * @throws SessionError `options_invalid`, naming the option, when it is called
 */
export function forceLogoutOnPasswordChange<
  Data extends object,
  Req extends IncomingMessage = IncomingMessage,
  Res extends ServerResponse = ServerResponse,
>(sessions: SessionManager<Data>, options: ForceLogoutOptions<Req, Res> = {}): Middleware<Req, Res> {
  const where = 'forceLogoutOnPasswordChange';
  checkManager(sessions, where);
  const given = refuseUnknown(options, names, where);
  const keepCurrent = readBoolean(given.keepCurrent, `${where}.keepCurrent`, true);
  const readUserId = readFunction<NonNullable<typeof options.userId>>(given.userId, `${where}.userId`);
  const succeeded =
    readFunction<NonNullable<typeof options.succeeded>>(given.succeeded, `${where}.succeeded`) ??
    ((_req, { statusCode }) => statusCode < 400);

  return function forceLogoutOnPasswordChange(req: Req, res: Res, next: Next): void {
    // Known before the handler runs: it may sign the user out, and afterwards the password would be changed and nobody signed out.
    const before = requestSession(req, sessions);
    if (!readUserId && !before) {
      next(new SessionError('no_session', { detail: 'Run requireSession before this, or pass userId.' }));
      return;
    }
    const forbidden = forbiddenWhileImpersonating(before?.session);
    if (forbidden) {
      next(forbidden);
      return;
    }
    const settle = (isDelivered: boolean): Promise<unknown> | undefined => {
      if (!succeeded(req, res)) return undefined;
      const userId = readUserId ? readUserId(req, res) : before?.session.userId;
      if (userId === undefined) return undefined;
      const known = requestSession(req, sessions) ?? before;
      // Not the session that changed the password, but one begun with the new one.
      const isNew = known !== before && known?.use === 'signed-in';
      const keep = keepCurrent || isNew ? keepOf(known, isDelivered) : 'no';
      return endAfterChange(sessions, req, res, { userId, known, keep });
    };
    const replace = (error: unknown): undefined => {
      answerFault(res, error);
      return undefined;
    };
    holdResponse(res, { settle, replace, lose: warnOfBug });
    next();
  };
}

/** New tokens can go out in cookies only; those that the handler has just been given are new enough. */
function keepOf(known: RequestSession | undefined, isDelivered: boolean): AfterChange['keep'] {
  if (known?.use === 'signed-in' || known?.use === 'reissued') return 'as-is';
  return isDelivered && known?.transport === 'cookie' ? 'reissued' : 'no';
}

function answerFault(res: ServerResponse, error: unknown): void {
  warnOfBug(error);
  writeProblem(res, isOutage(error) ? error : new SessionError('internal_error'));
}

/** An outage needs no warning: the attempt goes on in the background, which tells of it. */
function warnOfBug(error: unknown): void {
  if (!isOutage(error)) warnOfFault('forceLogoutOnPasswordChange', error);
}

function isOutage(error: unknown): error is SessionError {
  return isSessionError(error) && error.status === 503;
}
