import type { IncomingMessage, ServerResponse } from 'node:http';
import { SessionError } from '../domain/error';
import type { SessionView } from '../domain/session-view';
import type { SessionManager } from '../session-manager';
import type { VerifyOptions } from '../use-cases/inputs';
import type { VerifyOutcome } from '../use-cases/outcomes';
import type { AdmissionRules } from './admission-rules';
import { type Credentials, readCredentials, type Transport } from './credentials';
import { refuseCrossSite } from './csrf';
import { forbiddenWhileImpersonating } from './forbidden-while-impersonating';
import type { RequestSession } from './found-sessions';
import { judgedClient } from './judged-client';
import { graceFromNow, renewFromCookie } from './renewal';
import { attachSession, refuseSession, requestSession, showSession } from './request-session';
import { offerCookies } from './response-cookies';
import { tokenCookies } from './session-cookies';
import { refuseStepUp } from './step-up';

/** Why a request has no session. */
export interface Denied {
  readonly error: SessionError;
  /** The request claims nothing that had to be refused: no credential, or a dead cookie that a browser sends along. */
  readonly isAnonymous: boolean;
}

const noSession: Denied = {
  isAnonymous: true,
  get error() {
    return new SessionError('no_session');
  },
};

const foreignToken: Denied = {
  isAnonymous: true,
  get error() {
    return new SessionError('token_invalid');
  },
};

type CookieCredentials = Extract<Credentials, { transport: 'cookie' }>;

/**
 * Finds, checks and where need be renews the session of a request, and hangs it there. 1 round trip; 2 where it is renewed;
 * none where this request was admitted before. A request that is not admitted has no session from here on: what an earlier
 * middleware found may be dead by now, or not what this one asks for.
 *
 * @returns why not, or undefined where the request has a session
 * @throws SessionError `credentials_conflict`, `no_session` where the client has gone and would have to be judged, `store_unavailable`
 */
export async function admit<Data extends object>(
  sessions: SessionManager<Data>,
  req: IncomingMessage,
  res: ServerResponse,
  rules: AdmissionRules,
): Promise<Denied | undefined> {
  let isAdmitted = false;
  try {
    const denied = (await judge(sessions, req, res, rules)) ?? judgeImpersonation(sessions, req, rules);
    isAdmitted = denied === undefined;
    return denied;
  } finally {
    if (!isAdmitted) refuseSession(req, sessions);
  }
}

async function judge(
  sessions: SessionManager<object>,
  req: IncomingMessage,
  res: ServerResponse,
  rules: AdmissionRules,
): Promise<Denied | undefined> {
  const known = requestSession(req, sessions);
  if (known && (rules.transport === 'any' || rules.transport === known.transport)) {
    return admitAgain(sessions, req, known, rules);
  }
  const { cookies, csrf } = sessions.settings;
  const credentials = readCredentials(req, cookies, rules.transport);
  switch (credentials.transport) {
    case 'none':
      return credentials.foreign ? foreignToken : noSession;
    case 'bearer': {
      const outcome = await verifyOn(sessions, req, credentials.token, 'bearer', rules.verify);
      return outcome.status === 'active' ? undefined : { error: outcome.error, isAnonymous: false };
    }
    case 'cookie': {
      const crossSite = refuseCrossSite(req, csrf, true);
      if (crossSite) return { error: crossSite, isAnonymous: false };
      return admitCookies(sessions, req, res, credentials, rules);
    }
  }
}

/** Once the session is known to be good: who uses it says no token. */
function judgeImpersonation(
  sessions: SessionManager<object>,
  req: IncomingMessage,
  { allowImpersonation }: AdmissionRules,
): Denied | undefined {
  if (allowImpersonation) return undefined;
  const error = forbiddenWhileImpersonating(requestSession(req, sessions)?.session);
  return error && { error, isAnonymous: false };
}

/** The tokens that stand for the session now are judged, not those of the request: these may have been renewed meanwhile. */
async function admitAgain(
  sessions: SessionManager<object>,
  req: IncomingMessage,
  known: RequestSession,
  { verify }: AdmissionRules,
): Promise<Denied | undefined> {
  const { transport, accessToken, use } = known;
  const isCookie = transport === 'cookie';
  const owing = refuseStepUp(known.session, verify);
  if (owing) return { error: owing, isAnonymous: isCookie };
  if (!verify.fresh && (use !== 'looked-up' || !verify.slide)) {
    showSession(req, sessions, known);
    return undefined;
  }
  // Shown by the client it was confirmed before; renewed by this very request, the client has yet to receive it.
  const outcome = await verifyOn(sessions, req, accessToken, transport, { ...verify, confirm: false });
  return outcome.status === 'active' ? undefined : { error: outcome.error, isAnonymous: isCookie };
}

/** Unless the session was ended on purpose or owes a fresh login, the refresh cookie has the last word: the access cookie may only have run out. */
async function admitCookies(
  sessions: SessionManager<object>,
  req: IncomingMessage,
  res: ServerResponse,
  { access, refresh }: CookieCredentials,
  { verify, autoRefresh }: AdmissionRules,
): Promise<Denied | undefined> {
  let error: SessionError | undefined;
  if (access !== undefined) {
    const outcome = await verifyOn(sessions, req, access, 'cookie', verify);
    if (outcome.status === 'active') {
      if (outcome.slid && outcome.session.remember) await resendAccess(sessions, res, access, outcome.session);
      return undefined;
    }
    if (outcome.status === 'revoked' || outcome.status === 'step-up-required') {
      return { error: outcome.error, isAnonymous: true };
    }
    error = outcome.error;
  }
  if (refresh === undefined || !autoRefresh) {
    return { error: error ?? new SessionError('token_expired'), isAnonymous: true };
  }
  const outcome = await renewFromCookie(sessions, req, res, refresh, { slide: verify.slide });
  // Its cookies go out all the same: the page that confirms the login needs them.
  const refused = 'error' in outcome ? outcome.error : refuseStepUp(outcome.session, verify);
  return refused && { error: refused, isAnonymous: true };
}

async function verifyOn(
  sessions: SessionManager<object>,
  req: IncomingMessage,
  accessToken: string,
  transport: Transport,
  options: AdmissionRules['verify'] & Pick<VerifyOptions, 'confirm'>,
): Promise<VerifyOutcome<object>> {
  const outcome = await sessions.verify(accessToken, judgedClient(sessions, req, transport), options);
  if (outcome.status === 'active') {
    const use = options.slide ? 'counted' : 'looked-up';
    const { session, expiresAt: accessExpiresAt } = outcome;
    attachSession(req, sessions, { session, transport, accessToken, accessExpiresAt, use });
  }
  return outcome;
}

/** Without refresh tokens the access token slides, and the persistent cookie around it has to follow. */
async function resendAccess(
  sessions: SessionManager<object>,
  res: ServerResponse,
  accessToken: string,
  session: SessionView<object>,
): Promise<void> {
  const isWithin = graceFromNow(sessions);
  const { grace } = sessions.settings.rotation;
  const cookies = await tokenCookies(sessions, session, { accessToken, accessExpiresAt: session.deadlines.access });
  offerCookies(res, cookies, grace === 0 ? null : () => isWithin(grace));
}
