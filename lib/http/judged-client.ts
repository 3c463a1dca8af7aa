import type { IncomingMessage } from 'node:http';
import type { Client } from '../domain/client';
import { SessionError } from '../domain/error';
import type { SessionManager } from '../session-manager';
import { clientFacts } from './client-facts';
import type { Transport } from './credentials';
import { browserFacts } from './device-cookie';

/**
 * Whoever uses a session, where that is judged; undefined, at no cost, where it is not.
 *
 * @throws SessionError `no_session` where nobody can tell any more who it is
 */
export function judgedClient(
  sessions: SessionManager<object>,
  req: IncomingMessage,
  transport: Transport,
): Client | undefined {
  return sessions.settings.risk?.onUse ? renewingClient(sessions, req, transport) : undefined;
}

/**
 * Whoever renews a session: who it was is kept even where nothing is judged.
 *
 * @throws SessionError `no_session` as for {@link judgedClient}
 */
export function renewingClient(
  { settings: { risk, cookies } }: SessionManager<object>,
  req: IncomingMessage,
  transport: Transport,
): Client {
  const client = transport === 'cookie' ? browserFacts(req, cookies) : clientFacts(req);
  if (risk?.onUse && client.ip === undefined && isGone(req)) {
    throw new SessionError('no_session', {
      detail: 'The connection was closed before the request could be judged.',
    });
  }
  return client;
}

/**
 * Whether the address is missing because the connection is. A thief who needs no answer sends a request and resets the connection:
 * then there is no place to judge by, and nobody is there to be answered.
 */
function isGone({ socket }: IncomingMessage): boolean {
  if (socket.remoteAddress !== undefined) return false;
  // A Unix domain socket has neither address. A reset that Node has yet to notice leaves a TCP connection its own.
  return socket.destroyed || socket.localAddress !== undefined;
}
