import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GivenLocation } from '../domain/location';
import type { SessionManager } from '../session-manager';
import type { CreateInput } from '../use-cases/inputs';
import type { CreateOutcome } from '../use-cases/outcomes';
import { clientFacts } from './client-facts';
import { createGuarded } from './create-guarded';
import type { Transport } from './credentials';
import { ownDeviceId, setDeviceCookie } from './device-cookie';
import { finishSignIn, type SignedIn } from './finish-sign-in';
import { writeInterruption } from './interrupted-sign-in';
import { loginAttempt } from './login-attempt';
import { isSessionError } from './problem';
import { requestLimit } from './request-limit';
import { type Refused, judgeCookies, tokensIn } from './taken-over';
import { readTransport } from './wanted-transport';
import { warnOnce } from './warn-once';

/** A sign-in over HTTP: {@link CreateInput}, less what the request itself tells. */
export interface SignInInput<Data extends object = Record<string, unknown>> extends Omit<
  CreateInput<Data>,
  'client' | 'replaces' | 'remember' | 'carry' | 'onJudged'
> {
  /** null counts as not given: clients send it for a box that was left alone. */
  readonly remember?: boolean | null;
  /** `cookie` unless given. As `bearer` no cookie is set, and `tokens` are yours to send. */
  readonly transport?: Transport;
  /** Where the caller is, as far as the app knows it, such as from a header of its CDN: shown with the session, and counted by country. */
  readonly location?: GivenLocation | undefined;
  /** false: for callbacks that arrive from another site and check a state of their own (SAML, `form_post`). */
  readonly csrf?: boolean;
}

/** What {@link signIn} gives. */
export type SignInOutcome<Data extends object = Record<string, unknown>> =
  | SignedIn<Data>
  /**
   * `csrf_refused`: another site's page asked; `credentials_conflict`: a session cookie came twice; `too_many_attempts`: parallel
   * guesses have used up the budget since `loginGuard` let this one through.
   */
  | Refused
  | Exclude<CreateOutcome<Data>, { readonly status: 'created' }>;

/**
 * Signs a user in whose credentials the app has checked: makes a session for this request's device and, unless asked for
 * bearer tokens, sets its cookies on the response. Ends the session whose cookie it replaces. Mints new tokens always, so
 * a planted cookie is worth nothing (ASVS 7.2.4). Behind `loginGuard` it takes its beginning from there, and before it makes a session tells it
 * that the login succeeded; one that owes a step-up or is refused for its risk has neither failed nor succeeded. 1 round trip, 2 where a function says
 * which session ends, more where another user's session is replaced; and 2 behind `loginGuard`, 3 where risk is judged.
 *
 * @throws SessionError `store_unavailable`, and then no cookie is touched; `hook_failed`; `request_invalid` for an unusable input
 */
export async function signIn<Data extends object>(
  sessions: SessionManager<Data>,
  req: IncomingMessage,
  res: ServerResponse,
  input: SignInInput<Data>,
): Promise<SignInOutcome<Data>> {
  const { transport: wanted, csrf = true, remember, location, ...rest } = input;
  const transport = readTransport(wanted);
  const replaced = transport === 'cookie' ? judgeCookies(sessions, req, csrf) : undefined;
  if (isSessionError(replaced)) return { status: 'refused', error: replaced };

  const attempt = loginAttempt(req, sessions);
  const startedAt = rest.startedAt ?? attempt?.startedAt;
  if (startedAt === undefined) warnUnordered();
  const limit = rest.limit ?? requestLimit(req, sessions);
  const device = { given: rest.deviceId, own: replaced && ownDeviceId(req, sessions.settings.cookies) };
  const deviceId = device.given ?? device.own;
  const outcome = await createGuarded(sessions, attempt, {
    ...rest,
    ...(startedAt !== undefined && { startedAt }),
    ...(limit !== undefined && { limit }),
    ...(remember != null && { remember }),
    ...(deviceId !== undefined && { deviceId }),
    client: { ...clientFacts(req), location },
    replaces: tokensIn(replaced),
    carry: writeInterruption({ transport, deviceId: device.own }),
  });
  if (outcome.status !== 'created' && outcome.status !== 'limit-reached') return outcome;
  const finished =
    outcome.status === 'created' ? await finishSignIn(sessions, req, res, outcome, replaced) : outcome;
  setDeviceCookie(sessions, res, device.own);
  return finished;
}

function warnUnordered(): void {
  warnOnce(
    'SESSIONKEEPER_STARTED_AT',
    'signIn was called without startedAt, so a password change during the sign-in cannot stop it. ' +
      'Put loginGuard before the handler, or take `const startedAt = await sessions.now()` before the password is read, and pass it.',
  );
}
