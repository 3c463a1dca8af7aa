import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SessionError } from '../domain/error';
import { readFunction } from '../options/read-options';
import { isNavigation, readLoginUrl, redirectToLogin } from './login-redirect';
import type { Next } from './message';
import { isSessionError, writeProblem } from './problem';

/** How an app answers in place of a middleware. */
export interface DeniedOptions<
  Req extends IncomingMessage = IncomingMessage,
  Res extends ServerResponse = ServerResponse,
> {
  /** Answers in place of this middleware. Store faults do not come here: they go to `next`. */
  readonly onDenied?: (req: Req, res: Res, next: Next, error: SessionError) => unknown;
}

/** How a middleware answers the requests that it refuses. */
export interface RefusalOptions<
  Req extends IncomingMessage = IncomingMessage,
  Res extends ServerResponse = ServerResponse,
> extends DeniedOptions<Req, Res> {
  /** Where HTML navigations that need a login are sent (303), with `returnTo`. */
  readonly loginUrl?: string;
}

export const refusalNames = ['loginUrl', 'onDenied'];

/** What a middleware does once a request is judged: `undefined` lets it pass. */
type Settle<Req, Res> = (judged: Promise<SessionError | undefined>, req: Req, res: Res, next: Next) => void;

type Refuse<Req, Res> = (req: Req, res: Res, next: Next, error: SessionError) => void;

/** The app's answer to a refusal; undefined where it leaves that to the middleware. */
export function readOnDenied<Req extends IncomingMessage, Res extends ServerResponse>(
  given: unknown,
  name: string,
): Refuse<Req, Res> | undefined {
  const onDenied = readFunction<NonNullable<DeniedOptions<Req, Res>['onDenied']>>(given, name);
  return (
    onDenied &&
    function refuseByApp(req, res, next, error) {
      // A fault is not a refusal: an app that sends refused visitors to sign in would sign everyone out.
      if (error.status >= 500) return next(error);
      void (async () => onDenied(req, res, next, error))().catch(next);
    }
  );
}

/** The options of `where` that say how it refuses, checked. */
export function readRefusal<Req extends IncomingMessage, Res extends ServerResponse>(
  given: Record<string, unknown>,
  where: string,
): Settle<Req, Res> {
  const loginUrl = readLoginUrl(given.loginUrl, `${where}.loginUrl`);
  const refuseByApp = readOnDenied<Req, Res>(given.onDenied, `${where}.onDenied`);

  function refuse(req: Req, res: Res, next: Next, error: SessionError): void {
    if (refuseByApp) return refuseByApp(req, res, next, error);
    if (loginUrl === undefined || error.status !== 401 || !isNavigation(req)) return writeProblem(res, error);
    redirectToLogin(req, res, loginUrl);
  }

  return (judged, req, res, next) => {
    judged.then(
      (error) => {
        if (error) refuse(req, res, next, error);
        else next();
      },
      (error: unknown) => {
        if (isSessionError(error)) refuse(req, res, next, error);
        else next(error);
      },
    );
  };
}
