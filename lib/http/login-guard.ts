import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SessionError } from '../domain/error';
import { optionError, readFunction, refuseUnknown } from '../options/read-options';
import type { SessionManager } from '../session-manager';
import type { AttemptInput } from '../use-cases/lockout/outcomes';
import { clientFacts } from './client-facts';
import { readDeviceId } from './device-cookie';
import { GuardedLogin } from './guarded-login';
import { holdLogin } from './held-login';
import { addLoginAttempt, allLoginAttempts } from './login-attempt';
import { checkManager } from './manager-argument';
import type { Middleware, Next } from './message';
import { isSessionError, writeProblem } from './problem';
import { type DeniedOptions, readOnDenied } from './refusal';

/** A request behind a body parser, whatever its framework. */
export type LoginRequest<Req extends IncomingMessage = IncomingMessage> = Req & {
  /** What the app's own parser made of it, typed as loosely as Express types it. */
  readonly body?: ReturnType<typeof JSON.parse>;
};

/** Whose logins {@link loginGuard} counts, when one has failed, and how a refusal is answered. */
export interface LoginGuardOptions<
  Req extends IncomingMessage = IncomingMessage,
  Res extends ServerResponse = ServerResponse,
> extends DeniedOptions<Req, Res> {
  /**
   * The account that the request tries to sign in to, as its form names it; the body parser goes before. undefined or empty: none,
   * and only the address is counted, of which a warning tells. Where it throws, the error goes to `next`.
   */
  readonly account: (req: LoginRequest<Req>) => string | undefined;
  /**
   * Whether the login failed, asked when the headers go out, unless `signIn` or `loginPassed` has run. Unless given, it has failed but for a
   * status of 415 or 5xx.
   */
  readonly failed?: (req: Req, res: Res) => boolean;
  /** The device, where it is not the cookie that tells: bearer clients may send an id of their own. */
  readonly deviceId?: (req: Req) => string | undefined;
}

const names = ['account', 'failed', 'deviceId', 'onDenied'];

/**
 * Goes before a login handler, and nothing but it: refuses an attempt where there were too many before, and counts it as failed
 * unless `signIn` or `loginPassed` runs, the status is 415 or 5xx, or the client leaves before there are headers. Failures are
 * counted per account, per address and per pair of both, whether or not the account exists. `signIn` takes its beginning from here.
 * 1 round trip before the handler.
 *
 * The answer to a failure is held until it is counted, 2 round trips, and 1 more where it is refused. Where parallel guesses have used up the budget by then,
 * it is refused in its place: whatever runs at once, no more guesses are answered than in turn, and a right one among the rest signs in
 * nobody. A handler that makes a wrong password wait lets others be judged meanwhile; the guard makes whoever guesses wait.
 *
 * Refuses with problem+json, unless `onDenied` answers, and so replaces an answer: 429 `too_many_attempts` with `Retry-After`, whose body is the same for every reason; 503
 * `store_unavailable` where the store does not answer; 400 `request_invalid` for an account that is no text.
 *
 * @throws SessionError `options_invalid`, naming the option, when it is called
 */
export function loginGuard<
  Data extends object,
  Req extends IncomingMessage = IncomingMessage,
  Res extends ServerResponse = ServerResponse,
>(sessions: SessionManager<Data>, options: LoginGuardOptions<Req, Res>): Middleware<Req, Res> {
  checkManager(sessions, 'loginGuard');
  const given = refuseUnknown(options, names, 'loginGuard');
  const readAccount = readFunction<typeof options.account>(given.account, 'loginGuard.account');
  if (!readAccount) throw optionError('loginGuard.account', 'a function', given.account);
  const readDevice = readFunction<NonNullable<typeof options.deviceId>>(given.deviceId, 'loginGuard.deviceId');
  const failed =
    readFunction<NonNullable<typeof options.failed>>(given.failed, 'loginGuard.failed') ??
    ((_req, { statusCode }) => statusCode !== 415 && statusCode < 500);
  const refuseByApp = readOnDenied<Req, Res>(given.onDenied, 'loginGuard.onDenied');

  return function loginGuard(req: Req, res: Res, next: Next): void {
    let input: AttemptInput;
    try {
      const deviceId = readDevice ? readDevice(req) : readDeviceId(req, sessions.settings.cookies);
      input = { account: readAccount(req), client: { ...clientFacts(req), deviceId: deviceId ?? undefined } };
    } catch (error) {
      next(error);
      return;
    }
    begin(req, res, next, input).then(
      (refusal) => {
        // Nobody is left to learn what the handler makes of the guess.
        if (res.destroyed) return;
        if (refusal) refuse(req, res, next, refusal);
        else next();
      },
      (error: unknown) => {
        if (isSessionError(error)) refuse(req, res, next, error);
        else next(error);
      },
    );
  };

  async function begin(req: Req, res: Res, next: Next, input: AttemptInput): Promise<SessionError | undefined> {
    const { lockout } = sessions;
    const [startedAt, verdict] = await Promise.all([instantBefore(sessions), lockout.check(input)]);
    if (verdict.status === 'refused') return verdict.error;
    // Once for all guards of a request: the first answers for all.
    if (allLoginAttempts(req).length === 0) {
      holdLogin(req, res, refuseByApp && ((error) => refuseByApp(req, res, next, error)));
    }
    const hasFailed = (): boolean => failed(req, res);
    addLoginAttempt(req, sessions, new GuardedLogin({ lockout, input, startedAt, hasFailed }));
    return undefined;
  }

  /** To other guards of this request it is no attempt: its handler never runs. */
  function refuse(req: Req, res: Res, next: Next, error: SessionError): void {
    for (const attempt of allLoginAttempts(req)) attempt.withdraw();
    if (refuseByApp) refuseByApp(req, res, next, error);
    else writeProblem(res, error);
  }
}

/** Where the store does not tell the time, attempts may be counted all the same: then it was before any revocation. */
async function instantBefore(sessions: SessionManager<object>): Promise<number> {
  try {
    return await sessions.now();
  } catch {
    return 0;
  }
}
