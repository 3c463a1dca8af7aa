import type { IncomingMessage } from 'node:http';
import type { SessionManager } from '../session-manager';
import type { AdmissionRules } from './admission-rules';
import { readCredentials } from './credentials';
import { refuseCrossSite } from './csrf';
import { judgedClient } from './judged-client';
import { isSessionError } from './problem';
import { attachSession, requestSession } from './request-session';

/**
 * Admits a request whose session is in the near cache, without a promise. Whatever is not that simple is left to `admit`, which judges
 * the whole request anew: false says nothing about it.
 */
export function admitAtOnce(
  sessions: SessionManager<object>,
  req: IncomingMessage,
  { transport, verify }: AdmissionRules,
): boolean {
  const { nearCache, cookies, csrf } = sessions.settings;
  if (!nearCache || verify.fresh || requestSession(req, sessions)) return false;
  try {
    const credentials = readCredentials(req, cookies, transport);
    if (credentials.transport === 'none') return false;
    if (credentials.transport === 'cookie' && refuseCrossSite(req, csrf, true)) return false;
    const accessToken = credentials.transport === 'bearer' ? credentials.token : credentials.access;
    if (accessToken === undefined) return false;
    const client = judgedClient(sessions, req, credentials.transport);
    const outcome = sessions.verifyFromCache(accessToken, verify, client);
    if (!outcome) return false;
    attachSession(req, sessions, {
      session: outcome.session,
      transport: credentials.transport,
      accessToken,
      accessExpiresAt: outcome.expiresAt,
      use: verify.slide ? 'counted' : 'looked-up',
    });
    return true;
  } catch (error) {
    if (isSessionError(error)) return false;
    throw error;
  }
}
