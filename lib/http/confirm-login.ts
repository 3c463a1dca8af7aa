import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuseUnknown } from '../options/read-options';
import type { SessionManager } from '../session-manager';
import { browserFacts } from './device-cookie';
import { refuseWhileImpersonating } from './forbidden-while-impersonating';
import { loginAttempt } from './login-attempt';
import { requestSession } from './request-session';
import { rotateTokens, type RotateTokensOutcome } from './rotate-tokens';
import type { Refused } from './taken-over';

/** What the user has just proved. */
export interface ConfirmLoginInput {
  /** How: `amr` values (RFC 8176), in place of those of the sign-in; they stay unless given. */
  readonly methods?: readonly string[] | undefined;
}

/** What {@link confirmLogin} gives. */
export type ConfirmLoginOutcome<Data extends object = Record<string, unknown>> =
  | RotateTokensOutcome<Data>
  /** `too_many_attempts`: parallel guesses have used up the budget since `loginGuard` let this one through. */
  | Refused;

/**
 * Makes the login of this request's session fresh again, after the app has checked the user's password or factor anew: it
 * passes {@link requireRecentLogin}, its idle limit starts anew, and its tokens are replaced by force (ASVS 7.2.4). The absolute
 * limit stays: only a new sign-in moves that. Cookie clients get the new tokens in the response. Behind `loginGuard` it counts as a
 * login that succeeded. 2 round trips, and 2 behind `loginGuard`.
 *
 * A session that owes a fresh login (`stepUpRequired`) opens everything again: let it in with `requireSession(sessions, { allowStepUp: true })`
 * on this route, and on this route alone.
 *
 * @throws SessionError `no_session` unless `requireSession` or `signIn` ran before; `forbidden_while_impersonating` where an
 *   administrator uses the session; `store_unavailable`
 */
export async function confirmLogin<Data extends object>(
  sessions: SessionManager<Data>,
  req: IncomingMessage,
  res: ServerResponse,
  input: ConfirmLoginInput = {},
): Promise<ConfirmLoginOutcome<Data>> {
  const { methods } = refuseUnknown(input, ['methods'], 'confirmLogin') as ConfirmLoginInput;
  refuseWhileImpersonating(requestSession(req, sessions)?.session);
  const attempt = loginAttempt(req, sessions);
  const authenticatedAt = await sessions.now();
  const refusal = await attempt?.succeeded();
  if (refusal) return { status: 'refused', error: refusal };
  const { risk, cookies } = sessions.settings;
  const client = risk && browserFacts(req, cookies);
  return rotateTokens(sessions, req, res, { authenticatedAt, methods, client });
}
