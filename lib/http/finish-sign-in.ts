import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SessionView, Tokens } from '../domain/session-view';
import { unprovenView, viewForBearer } from '../domain/unproven-view';
import type { SessionManager } from '../session-manager';
import type { CookieTokens } from './cookie-tokens';
import type { Transport } from './credentials';
import { handOver } from './hand-over';
import { warnIfInsecure } from './insecure-warning';
import { setCookies } from './response-cookies';
import { clearedCookie } from './session-cookies';

interface Created<Data extends object> {
  readonly session: SessionView<Data>;
  readonly tokens: Tokens;
  readonly ended: readonly SessionView<Data>[];
}

/** What of a sign-in its caller gets to see. */
export interface SignedIn<Data extends object> {
  readonly status: 'created';
  /** Where it owes a fresh login (`stepUpRequired`), without what a stranger could learn of the user: as the client may see it. */
  readonly session: SessionView<Data>;
  /** Only as bearer: in cookie mode no token leaves by any other way (A13). */
  readonly tokens?: Tokens;
  /** The sessions that this one replaced, or that made room for it: `reason` tells which. Shown as `session` is. */
  readonly ended: readonly SessionView<Data>[];
}

/** Gives a new session to whoever signed in. */
export async function finishSignIn<Data extends object>(
  sessions: SessionManager<Data>,
  req: IncomingMessage,
  res: ServerResponse,
  { session, tokens, ended }: Created<Data>,
  replaced: CookieTokens | undefined,
): Promise<SignedIn<Data>> {
  const { cookies } = sessions.settings;
  const transport: Transport = replaced ? 'cookie' : 'bearer';
  if (replaced) {
    warnIfInsecure(req, cookies);
    // Left behind, it would have the last word once the new access token has run out, and be another session's.
    if (replaced.refresh && !tokens.refreshToken) setCookies(res, [clearedCookie(cookies, cookies.refreshName)]);
  }
  const given = await handOver(sessions, req, res, transport, { session, tokens, use: 'signed-in' });
  const shown = session.stepUpRequired ? ended.map((view) => unprovenView(view)) : ended;
  return { status: 'created', session: viewForBearer(session), ended: shown, ...given };
}
