import { refreshSession } from '../../contract/operations/refresh-session';
import { SessionError } from '../../domain/error';
import type { SessionManager } from '../../session-manager';
import { readCredentials } from '../credentials';
import { refuseCrossSite } from '../csrf';
import { exposedView } from '../exposed-view';
import { readFields, readQuery } from '../fields';
import { renewingClient } from '../judged-client';
import { renewFromCookie } from '../renewal';
import { type Call, readBody, type SessionEndpoint } from '../route';
import type { Answer } from '../router/endpoint';

/** The next pair for a refresh token from the body, or from its cookie; the answer goes the same way. */
export const refresh: SessionEndpoint = {
  operation: refreshSession,
  async answer(call) {
    const { sessions, req, search } = call;
    readFields(refreshSession.query, readQuery(search));
    const { refreshToken } = await readBody(refreshSession.body, req);
    return refreshToken === undefined ? refreshCookie(call) : refreshBearer(sessions, call, refreshToken);
  },
};

async function refreshBearer(
  sessions: SessionManager<object>,
  { req }: Call,
  refreshToken: string,
): Promise<Answer> {
  const outcome = await sessions.refresh(refreshToken, renewingClient(sessions, req, 'bearer'));
  if ('error' in outcome) throw outcome.error;
  return { status: 200, body: { session: exposedView(sessions, outcome.session), tokens: outcome.tokens } };
}

async function refreshCookie({ sessions, req, res }: Call): Promise<Answer> {
  const { cookies, csrf } = sessions.settings;
  const credentials = readCredentials(req, cookies, 'cookie');
  if (credentials.transport !== 'cookie') throw noRefreshToken();
  const refused = refuseCrossSite(req, csrf, true);
  if (refused) throw refused;
  if (credentials.refresh === undefined) throw noRefreshToken();
  const outcome = await renewFromCookie(sessions, req, res, credentials.refresh, {});
  if ('error' in outcome) throw outcome.error;
  return { status: 200, body: { session: exposedView(sessions, outcome.session) } };
}

function noRefreshToken(): SessionError {
  return new SessionError('no_session', { detail: 'No refresh token was sent.' });
}
