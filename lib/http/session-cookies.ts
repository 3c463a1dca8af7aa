import { stringifySetCookie } from 'cookie';
import type { SessionView, Tokens } from '../domain/session-view';
import type { CookieSettings } from '../options/cookies';
import type { SessionManager } from '../session-manager';
import type { ResponseCookie } from './response-cookies';

// Browsers cap the life of a cookie at this (RFC 6265bis section 5.5).
const maxAgeSeconds = 400 * 86_400;

/** The cookies that carry a session's tokens. Only those of remembered sessions outlive the browser (A15). */
export async function tokenCookies(
  sessions: SessionManager<object>,
  session: SessionView<object>,
  tokens: Pick<Tokens, 'accessToken' | 'accessExpiresAt' | 'refreshToken' | 'refreshExpiresAt'>,
): Promise<ResponseCookie[]> {
  const { cookies } = sessions.settings;
  const now = session.remember ? await sessions.now() : null;
  const { accessToken, accessExpiresAt, refreshToken, refreshExpiresAt } = tokens;
  const access = tokenCookie(cookies, cookies.accessName, accessToken, lifeOf(session, accessExpiresAt, now));
  if (refreshToken === undefined || refreshExpiresAt === undefined) return [access];
  return [access, tokenCookie(cookies, cookies.refreshName, refreshToken, lifeOf(session, refreshExpiresAt, now))];
}

/** Removes both cookies: same name, same attributes, or the browser would keep them (A17). */
export function clearedCookies(cookies: CookieSettings): ResponseCookie[] {
  return [clearedCookie(cookies, cookies.accessName), clearedCookie(cookies, cookies.refreshName)];
}

export function clearedCookie(cookies: CookieSettings, name: string): ResponseCookie {
  const gone = { value: '', maxAge: 0, expires: new Date(0) };
  return { name, line: stringifySetCookie({ ...attributes(cookies), ...gone, name }) };
}

/** Recognises the browser at its next sign-in. Not cleared when it signs out: that is what it is for. */
export function deviceCookie(cookies: CookieSettings, name: string, deviceId: string): ResponseCookie {
  return tokenCookie(cookies, name, deviceId, maxAgeSeconds);
}

function tokenCookie(cookies: CookieSettings, name: string, value: string, maxAge: number | null): ResponseCookie {
  const life = maxAge === null ? {} : { maxAge };
  return { name, line: stringifySetCookie({ ...attributes(cookies), ...life, name, value }) };
}

/** Whole seconds until the token is of no more use; null for a cookie that ends with the browser. */
function lifeOf({ deadlines }: SessionView<object>, tokenExpiresAt: string, now: number | null): number | null {
  if (now === null) return null;
  const end = Math.min(Date.parse(tokenExpiresAt), Date.parse(deadlines.absolute));
  return Math.min(Math.max(Math.floor((end - now) / 1000), 0), maxAgeSeconds);
}

function attributes({ secure, sameSite, domain }: CookieSettings) {
  return { path: '/', httpOnly: true, secure, sameSite, ...(domain !== undefined && { domain }) };
}
