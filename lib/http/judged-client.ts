import type { IncomingMessage } from 'node:http';
import type { Client } from '../domain/client';
import type { SessionManager } from '../session-manager';
import { clientFacts } from './client-facts';
import type { Transport } from './credentials';
import { browserFacts } from './device-cookie';

/** Whoever uses a session, where that is judged; undefined, at no cost, where it is not. */
export function judgedClient(
  { settings: { risk, cookies } }: SessionManager<object>,
  req: IncomingMessage,
  transport: Transport,
): Client | undefined {
  if (!risk?.onUse) return undefined;
  return transport === 'cookie' ? browserFacts(req, cookies) : clientFacts(req);
}
