import type { IncomingMessage } from 'node:http';
import { SessionError } from '../domain/error';
import { refuseUnknown } from '../options/read-options';
import type { SessionManager } from '../session-manager';
import type { VerifyOptions } from '../use-cases/inputs';
import type { VerifyOutcome } from '../use-cases/outcomes';
import { type AdmissionRules, readRules } from './admission-rules';
import { readCredentials, type Transport } from './credentials';
import { refuseCrossSite } from './csrf';
import { forbiddenWhileImpersonating } from './forbidden-while-impersonating';
import { judgedClient } from './judged-client';
import { isSessionError } from './problem';
import { attachSession, refuseSession, requestSession } from './request-session';

/** How {@link authenticate} looks for a session. */
export interface AuthenticateOptions extends VerifyOptions {
  /** Which credentials count; `any`. */
  readonly transport?: Transport | 'any';
  /** false: refuses a session that an administrator uses in the user's place. */
  readonly allowImpersonation?: boolean;
}

/** What {@link authenticate} gives. */
export type AuthenticateOutcome<Data extends object = Record<string, unknown>> =
  | VerifyOutcome<Data>
  /** There is no credential of ours. */
  | { readonly status: 'no-session'; readonly error: SessionError }
  /**
   * `csrf_refused`: another site's page asked; `credentials_conflict`: more than one credential; `forbidden_while_impersonating`: where
   * `allowImpersonation` is false; `no_session`: the connection has gone, where [risk](../../docs/act-on-risk.md) is judged by who asks.
   */
  | { readonly status: 'refused'; readonly error: SessionError };

const names = ['transport', 'slide', 'fresh', 'allowImpersonation', 'allowStepUp'];

/**
 * The session of a request that has no response to set cookies on: a WebSocket upgrade, a GraphQL subscription. Never renews:
 * `expired` with `token_expired` asks the client to refresh over HTTP and come again. Browsers send cookies with a WebSocket of
 * any page, so an upgrade with our cookie must come from an allowed origin (cross-site WebSocket hijacking). 1 round trip; 2 for a
 * session that an administrator uses.
 *
 * An upgrade never passes through Express, so its `trust proxy` is not known here: behind a proxy that ends TLS, list the app's own
 * public origin in `csrf.allowedOrigins`, or browsers that send no `Sec-Fetch-Site` with WebSockets are refused.
 *
 * @throws SessionError `store_unavailable`; `options_invalid`, naming the option
 */
export async function authenticate<Data extends object>(
  sessions: SessionManager<Data>,
  req: IncomingMessage,
  options: AuthenticateOptions = {},
): Promise<AuthenticateOutcome<Data>> {
  const rules = readRules(refuseUnknown(options, names, 'authenticate'), 'authenticate');
  let isActive = false;
  try {
    const outcome = await judge(sessions, req, rules);
    isActive = outcome.status === 'active';
    return outcome;
  } finally {
    if (!isActive) refuseSession(req, sessions);
  }
}

async function judge<Data extends object>(
  sessions: SessionManager<Data>,
  req: IncomingMessage,
  { transport, verify, allowImpersonation }: AdmissionRules,
): Promise<AuthenticateOutcome<Data>> {
  const { cookies, csrf } = sessions.settings;
  let credentials;
  let client;
  try {
    credentials = readCredentials(req, cookies, transport);
    client = credentials.transport === 'none' ? undefined : judgedClient(sessions, req, credentials.transport);
  } catch (error) {
    if (isSessionError(error)) return { status: 'refused', error };
    throw error;
  }
  if (credentials.transport === 'none') {
    const code = credentials.foreign ? 'token_invalid' : 'no_session';
    return { status: 'no-session', error: new SessionError(code) };
  }
  if (credentials.transport === 'cookie') {
    const error = refuseCrossSite(req, csrf, true);
    if (error) return { status: 'refused', error };
  }
  const presented = credentials.transport === 'bearer' ? credentials.token : credentials.access;
  // A request that requireSession has renewed still carries the cookies from before.
  const known = requestSession(req, sessions);
  const renewed = known?.transport === credentials.transport ? known : undefined;
  const accessToken = renewed?.accessToken ?? presented;
  // Browsers drop the access cookie of a remembered session when its token runs out.
  if (accessToken === undefined) return { status: 'expired', error: new SessionError('token_expired') };

  // What the server itself has renewed for this request the client has not shown yet.
  const confirm = accessToken === presented;
  const outcome = await sessions.verify(accessToken, client, { ...verify, confirm });
  if (outcome.status === 'active') {
    const { session } = outcome;
    const error = allowImpersonation ? undefined : forbiddenWhileImpersonating(session);
    if (error) return { status: 'refused', error };
    attachSession(req, sessions, {
      session,
      transport: credentials.transport,
      accessToken,
      accessExpiresAt: outcome.expiresAt,
      use: verify.slide ? 'counted' : 'looked-up',
    });
  }
  return outcome;
}
