import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SessionError } from '../domain/error';
import type { SessionManager } from '../session-manager';
import type { ResolveLimitOutcome } from '../use-cases/outcomes';
import { clientFacts } from './client-facts';
import type { CookieTokens } from './cookie-tokens';
import { setDeviceCookie } from './device-cookie';
import { finishSignIn, type SignedIn } from './finish-sign-in';
import { readInterruption } from './interrupted-sign-in';
import { isSessionError } from './problem';
import { judgeCookies, type Refused, tokensIn } from './taken-over';

/** What the person chose. */
export interface ResumeSignInInput {
  /** From the outcome, or the problem, `session_limit_reached`. */
  readonly resolutionToken: string;
  /** The id of the session to end: one of those that came with it. */
  readonly endSessionId: string;
  /** false: for pages that check a state of their own. */
  readonly csrf?: boolean;
}

/** What {@link resumeSignIn} gives. */
export type ResumeSignInOutcome<Data extends object = Record<string, unknown>> =
  SignedIn<Data> | Refused | Exclude<ResolveLimitOutcome<Data>, { readonly status: 'created' }>;

/**
 * Goes on with a sign-in that a limit stopped: ends the session the person chose and signs them in, in one atomic step, with
 * the transport, the choice to be remembered and the beginning of that sign-in. For apps that post forms;
 * `POST /limit-resolutions` of `sessionRouter` is the same for pages and clients that speak JSON. 2 round trips.
 *
 * @throws SessionError `store_unavailable`, and then no cookie is touched
 */
export async function resumeSignIn<Data extends object>(
  sessions: SessionManager<Data>,
  req: IncomingMessage,
  res: ServerResponse,
  { resolutionToken, endSessionId, csrf = true }: ResumeSignInInput,
): Promise<ResumeSignInOutcome<Data>> {
  let replaced: CookieTokens | undefined;
  let refused: SessionError | undefined;
  const resume = (carried: string | undefined): readonly string[] => {
    if (readInterruption(carried).transport === 'bearer') return [];
    const cookies = judgeCookies(sessions, req, csrf);
    if (isSessionError(cookies)) throw (refused = cookies);
    return tokensIn((replaced = cookies));
  };
  try {
    const outcome = await sessions.resolveLimit(resolutionToken, endSessionId, {
      resume,
      client: clientFacts(req),
    });
    if (outcome.status !== 'created') return outcome;
    const finished = await finishSignIn(sessions, req, res, outcome, replaced);
    setDeviceCookie(sessions, res, readInterruption(outcome.carry).deviceId);
    return finished;
  } catch (error) {
    if (refused && error === refused) return { status: 'refused', error: refused };
    throw error;
  }
}
