import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { SessionError } from '../domain/error';
import { warnOfFault } from './fault-warning';
import { holdResponse } from './held-response';
import { allLoginAttempts } from './login-attempt';
import { isSessionError, writeProblem } from './problem';

/**
 * Holds the answer to a login until every attempt that hangs on the request is settled. Any of them may refuse it; then the problem
 * takes its place, or what the app answers to it, as if the handler had never run: nothing it has set may tell which of the refused
 * guesses was right (A70).
 */
export function holdLogin(
  req: IncomingMessage,
  res: ServerResponse,
  refuseByApp?: (error: SessionError) => void,
): void {
  const before = res.getHeaders();
  holdResponse(res, {
    settle: (isDelivered) => {
      const settling = allLoginAttempts(req).map((attempt) => attempt.settle(isDelivered));
      const pending = settling.filter((one) => one !== undefined);
      return pending.length > 0 ? Promise.all(pending) : undefined;
    },
    replace: (error) => {
      warnOfBug(error);
      restoreHeaders(res, before);
      const refusal = isSessionError(error) ? error : new SessionError('internal_error');
      if (!refuseByApp) {
        writeProblem(res, refusal);
        return undefined;
      }
      res.statusCode = 200;
      return () => refuseByApp(refusal);
    },
    lose: warnOfBug,
  });
}

function restoreHeaders(res: ServerResponse, before: OutgoingHttpHeaders): void {
  for (const name of res.getHeaderNames()) if (!(name in before)) res.removeHeader(name);
  for (const [name, value] of Object.entries(before)) {
    if (value !== undefined && value !== res.getHeader(name)) res.setHeader(name, value);
  }
}

function warnOfBug(error: unknown): void {
  if (!isSessionError(error)) warnOfFault('loginGuard', error);
}
