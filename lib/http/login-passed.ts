import type { IncomingMessage } from 'node:http';
import { allLoginAttempts, allPassed } from './login-attempt';
import type { Refused } from './taken-over';

/** What {@link loginPassed} gives. */
export type LoginPassedOutcome =
  | { readonly status: 'passed' }
  /** `too_many_attempts`: parallel guesses have used up the budget meanwhile. */
  | Refused;

/**
 * Tells every `loginGuard` before this handler that the login did not fail, though no `signIn` ran: before a redirect to a second
 * factor, on passport's success, in an app that makes no session here. 1 round trip.
 *
 * Wait for what it gives before you act on the password (a code is sent, a password is changed), and do not where it is refused: a
 * right guess among too many parallel ones must come to nothing, as the wrong ones do. The guard then answers 429, whatever
 * the handler answers.
 *
 * It does not forget the failures before it, as `signIn` does. Whoever knows the password could otherwise guess codes without end, with
 * one right password between two wrong codes. So the step that reads the code has a `loginGuard` of its own, with the same
 * account, and ends with `signIn`.
 *
 * @throws SessionError `store_unavailable`; the guard then answers 503
 */
export function loginPassed(req: IncomingMessage): Promise<LoginPassedOutcome> {
  const outcome = outcomeOf(req);
  // The guard answers for a handler that does not wait.
  outcome.catch(() => undefined);
  return outcome;
}

async function outcomeOf(req: IncomingMessage): Promise<LoginPassedOutcome> {
  const error = await allPassed(allLoginAttempts(req));
  return error ? { status: 'refused', error } : { status: 'passed' };
}
