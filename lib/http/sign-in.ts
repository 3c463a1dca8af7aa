import type { IncomingMessage, ServerResponse } from 'node:http';
import { SessionError } from '../domain/error';
import type { SessionView, Tokens } from '../domain/session-view';
import type { SessionManager } from '../session-manager';
import type { CreateInput } from '../use-cases/inputs';
import type { CreateOutcome } from '../use-cases/outcomes';
import { clientFacts } from './client-facts';
import { type CookieTokens, readCookieTokens } from './cookie-tokens';
import type { Transport } from './credentials';
import { refuseCrossSite } from './csrf';
import { handOver } from './hand-over';
import { warnIfInsecure } from './insecure-warning';
import { isSessionError } from './problem';
import { setCookies } from './response-cookies';
import { clearedCookie } from './session-cookies';
import { warnOnce } from './warn-once';

/** A sign-in over HTTP: {@link CreateInput}, less what the request itself tells. */
export interface SignInInput<Data extends object = Record<string, unknown>> extends Omit<
  CreateInput<Data>,
  'client' | 'replaces' | 'remember'
> {
  /** null counts as not given: clients send it for a box that was left alone. */
  readonly remember?: boolean | null;
  /** `cookie` unless given. As `bearer` no cookie is set, and `tokens` are yours to send. */
  readonly transport?: Transport;
  /** false: for callbacks that arrive from another site and check a state of their own (SAML, `form_post`). */
  readonly csrf?: boolean;
}

/** What {@link signIn} gives. */
export type SignInOutcome<Data extends object = Record<string, unknown>> =
  | {
      readonly status: 'created';
      readonly session: SessionView<Data>;
      /** Only as bearer: in cookie mode no token leaves by any other way (A13). */
      readonly tokens?: Tokens;
      /** The sessions that this one replaced. */
      readonly ended: readonly SessionView<Data>[];
    }
  /** `csrf_refused`: another site's page asked; `credentials_conflict`: a session cookie came twice. */
  | { readonly status: 'refused'; readonly error: SessionError }
  | Exclude<CreateOutcome<Data>, { readonly status: 'created' }>;

/**
 * Signs a user in whose credentials the app has checked: makes a session for this request's device and, unless asked for
 * bearer tokens, sets its cookies on the response. Ends the session whose cookie it replaces. Mints new tokens always, so
 * a planted cookie is worth nothing (ASVS 7.2.4). 1 round trip, more where another user's session is replaced.
 *
 * @throws SessionError `store_unavailable`, and then no cookie is touched; `request_invalid` for an unusable input
 */
export async function signIn<Data extends object>(
  sessions: SessionManager<Data>,
  req: IncomingMessage,
  res: ServerResponse,
  input: SignInInput<Data>,
): Promise<SignInOutcome<Data>> {
  const { transport: wanted, csrf = true, remember, ...rest } = input;
  const transport = readTransport(wanted);
  const replaced = transport === 'cookie' ? judgeCookies(sessions, req, csrf) : undefined;
  if (isSessionError(replaced)) return { status: 'refused', error: replaced };
  if (rest.startedAt === undefined) warnUnordered();

  const { cookies } = sessions.settings;
  const replaces = [replaced?.refresh, replaced?.access].filter((token) => token !== undefined);
  const outcome = await sessions.create({
    ...rest,
    ...(remember != null && { remember }),
    client: clientFacts(req),
    replaces,
  });
  if (outcome.status !== 'created') return outcome;

  const { status, session, tokens, ended } = outcome;
  if (transport === 'cookie') {
    warnIfInsecure(req, cookies);
    // Left behind, it would have the last word once the new access token has run out, and be another session's.
    if (replaced?.refresh && !tokens.refreshToken) setCookies(res, [clearedCookie(cookies, cookies.refreshName)]);
  }
  return {
    status,
    session,
    ended,
    ...(await handOver(sessions, req, res, transport, { session, tokens, use: 'signed-in' })),
  };
}

/** Apps pass on what a client asks for. */
function readTransport(wanted: unknown): Transport {
  if (wanted === undefined) return 'cookie';
  if (wanted === 'cookie' || wanted === 'bearer') return wanted;
  throw new SessionError('request_invalid', {
    field: 'transport',
    detail: "transport: expected 'cookie' or 'bearer'",
  });
}

/** The cookies that a sign-in takes over from, or why it is refused: signing someone in unasked is an attack too (A42). */
function judgeCookies(
  { settings }: SessionManager<object>,
  req: IncomingMessage,
  csrf: boolean,
): CookieTokens | SessionError {
  try {
    const present = readCookieTokens(req.headers.cookie, settings.cookies);
    const carriesCookie = present.access !== undefined || present.refresh !== undefined;
    const refused = csrf ? refuseCrossSite(req, settings.csrf, carriesCookie) : undefined;
    return refused ?? present;
  } catch (error) {
    if (isSessionError(error)) return error;
    throw error;
  }
}

function warnUnordered(): void {
  warnOnce(
    'SESSIONKEEPER_STARTED_AT',
    'signIn was called without startedAt, so a password change during the sign-in cannot stop it. ' +
      'Take `const startedAt = await sessions.now()` before the password is read, and pass it.',
  );
}
