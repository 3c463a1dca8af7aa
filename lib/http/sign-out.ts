import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SessionView } from '../domain/session-view';
import type { SessionManager } from '../session-manager';
import type { RevokeOutcome } from '../use-cases/outcomes';
import { actorIn } from './actor-in';
import { type Credentials, readCredentials } from './credentials';
import { refuseCrossSite } from './csrf';
import { detachSession, requestSession } from './request-session';
import { setCookies } from './response-cookies';
import { clearedCookies } from './session-cookies';

/** What {@link signOut} gives. */
export interface SignOutOutcome<Data extends object = Record<string, unknown>> {
  readonly status: 'ended';
  /** The session that ended; null where the request had none that is known. */
  readonly session: SessionView<Data> | null;
  /** false: replicas did not confirm the write in time; a failover could lose it. */
  readonly durable: boolean;
}

const how = { reason: 'signed_out' } as const;

/**
 * Signs the user of this request out: ends the session on the server and, in cookie mode, clears its cookies. Accepts an
 * expired access token and any refresh token of the session; signing out twice, or without a session, succeeds (RFC 7009
 * section 2.2). 1 round trip behind `requireSession`, else up to 2 a token.
 *
 * @throws SessionError `csrf_refused`, `credentials_conflict`, `store_unavailable`; then nothing has ended and no cookie is touched
 */
export async function signOut<Data extends object>(
  sessions: SessionManager<Data>,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<SignOutOutcome<Data>> {
  const { cookies, csrf } = sessions.settings;
  const known = requestSession(req, sessions);
  const credentials = readCredentials(req, cookies, 'any');
  const transport = known?.transport ?? credentials.transport;
  if (transport === 'cookie') {
    const refused = refuseCrossSite(req, csrf, true);
    if (refused) throw refused;
  }
  const outcome = known
    ? await sessions.revoke(known.session.id, { ...how, actor: actorIn(known.session) })
    : await endPresented(sessions, tokensOf(credentials));
  if (transport === 'cookie') setCookies(res, clearedCookies(cookies));
  detachSession(req, sessions);
  return outcome.status === 'ended' ? outcome : { status: 'ended', session: null, durable: true };
}

function tokensOf(credentials: Credentials): string[] {
  switch (credentials.transport) {
    case 'none':
      return [];
    case 'bearer':
      return [credentials.token];
    case 'cookie':
      return [credentials.refresh, credentials.access].filter((token) => token !== undefined);
  }
}

/** Every token presented loses its session: whoever clears both cookies must leave nothing open behind. */
async function endPresented<Data extends object>(
  sessions: SessionManager<Data>,
  tokens: readonly string[],
): Promise<RevokeOutcome<Data>> {
  const outcomes: RevokeOutcome<Data>[] = [];
  for (const token of tokens) outcomes.push(await sessions.revokeToken(token, how));
  const ended = outcomes.filter((outcome) => outcome.status === 'ended');
  const first = ended[0];
  return first ? { ...first, durable: ended.every(({ durable }) => durable) } : { status: 'not-found' };
}
