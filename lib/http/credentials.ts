import type { IncomingMessage } from 'node:http';
import { SessionError } from '../domain/error';
import type { CookieSettings } from '../options/cookies';
import { looksLikeOurs, readBearerToken } from './bearer-token';
import { readCookieTokens } from './cookie-tokens';

/** How a session's tokens travel: `cookie` in cookies of ours, `bearer` in the Authorization header. */
export type Transport = 'cookie' | 'bearer';

/** What a request presents. */
export type Credentials =
  | { readonly transport: 'bearer'; readonly token: string }
  | { readonly transport: 'cookie'; readonly access: string | undefined; readonly refresh: string | undefined }
  /** `foreign`: there is a bearer token, of some other system. */
  | { readonly transport: 'none'; readonly foreign: boolean };

const nothing: Credentials = Object.freeze({ transport: 'none', foreign: false });
const foreign: Credentials = Object.freeze({ transport: 'none', foreign: true });

/**
 * Finds the one credential that counts. Tokens in a URL or a body are never looked for (A49). Another system's bearer token is
 * not ours to judge, except where only bearer tokens are wanted.
 *
 * @throws SessionError `credentials_conflict` when cookie and Authorization both carry tokens of ours, or one comes twice (A46)
 */
export function readCredentials(
  req: IncomingMessage,
  names: CookieSettings,
  wanted: Transport | 'any',
): Credentials {
  const token = readBearerToken(req);
  const { access, refresh } = readCookieTokens(req.headers.cookie, names);
  const ours = looksLikeOurs(token);
  if (ours && (looksLikeOurs(access) || looksLikeOurs(refresh))) {
    throw new SessionError('credentials_conflict', { detail: 'Both a cookie and a bearer token were sent.' });
  }
  if (wanted !== 'cookie' && token !== undefined && (ours || wanted === 'bearer'))
    return { transport: 'bearer', token };
  if (wanted !== 'bearer' && (access !== undefined || refresh !== undefined)) {
    return { transport: 'cookie', access, refresh };
  }
  return token !== undefined && !ours ? foreign : nothing;
}
