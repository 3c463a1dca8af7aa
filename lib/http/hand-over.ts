import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SessionView, Tokens } from '../domain/session-view';
import type { SessionManager } from '../session-manager';
import type { Transport } from './credentials';
import { protectAnswer } from './json-answer';
import { attachSession } from './request-session';
import { setCookies } from './response-cookies';
import { tokenCookies } from './session-cookies';

interface Issued {
  readonly session: SessionView<object>;
  readonly tokens: Tokens;
  readonly use: 'signed-in' | 'reissued';
}

/**
 * Gives a session's new tokens to whoever sent the request: as cookies on the response, or to the handler of a bearer client,
 * never both (A13). The request's session is the new one from here on.
 */
export async function handOver(
  sessions: SessionManager<object>,
  req: IncomingMessage,
  res: ServerResponse,
  transport: Transport,
  { session, tokens, use }: Issued,
): Promise<{ readonly tokens?: Tokens }> {
  const { accessToken, accessExpiresAt } = tokens;
  attachSession(req, sessions, { session, transport, accessToken, accessExpiresAt, use });
  if (transport === 'bearer') {
    protectAnswer(res);
    return { tokens };
  }
  setCookies(res, await tokenCookies(sessions, session, tokens));
  return {};
}
