import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SessionError } from '../domain/error';
import { readFunction } from '../options/read-options';
import { isNavigation, readLoginUrl, redirectToLogin } from './login-redirect';
import type { Next } from './message';
import { isSessionError, writeProblem } from './problem';

/** How a middleware answers the requests that it refuses. */
export interface RefusalOptions<
  Req extends IncomingMessage = IncomingMessage,
  Res extends ServerResponse = ServerResponse,
> {
  /** Where HTML navigations that need a login are sent (303), with `returnTo`. */
  readonly loginUrl?: string;
  /** Answers in place of this middleware. Store faults do not come here: they go to `next`. */
  readonly onDenied?: (req: Req, res: Res, next: Next, error: SessionError) => unknown;
}

export const refusalNames = ['loginUrl', 'onDenied'];

/** What a middleware does once a request is judged: `undefined` lets it pass. */
type Settle<Req, Res> = (judged: Promise<SessionError | undefined>, req: Req, res: Res, next: Next) => void;

/** The options of `where` that say how it refuses, checked. */
export function readRefusal<Req extends IncomingMessage, Res extends ServerResponse>(
  given: Record<string, unknown>,
  where: string,
): Settle<Req, Res> {
  const loginUrl = readLoginUrl(given.loginUrl, `${where}.loginUrl`);
  const onDenied = readFunction<NonNullable<RefusalOptions<Req, Res>['onDenied']>>(
    given.onDenied,
    `${where}.onDenied`,
  );

  function refuse(req: Req, res: Res, next: Next, error: SessionError): void {
    if (onDenied) {
      // A fault is not a refusal: an app that sends refused visitors to sign in would sign everyone out.
      if (error.status >= 500) return next(error);
      return void (async () => onDenied(req, res, next, error))().catch(next);
    }
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
