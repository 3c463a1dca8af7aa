import type { IncomingMessage } from 'node:http';
import type { SessionError } from '../domain/error';
import type { SessionManager } from '../session-manager';
import { type CookieTokens, readCookieTokens } from './cookie-tokens';
import { refuseCrossSite } from './csrf';
import { isSessionError } from './problem';

/** A sign-in that is refused before a session was made. */
export interface Refused {
  readonly status: 'refused';
  readonly error: SessionError;
}

/** The cookies that a sign-in takes over from, or why it is refused: signing someone in unasked is an attack too (A42). */
export function judgeCookies(
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

export function tokensIn(cookies: CookieTokens | undefined): string[] {
  return [cookies?.refresh, cookies?.access].filter((token) => token !== undefined);
}
