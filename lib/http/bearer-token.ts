import type { IncomingMessage } from 'node:http';
import { SessionError } from '../domain/error';

const bearer = /^bearer[ \t]+(\S.*)$/i;

/**
 * The token of `Authorization: Bearer`, ours or not; undefined for any other scheme (RFC 6750 section 2.1).
 *
 * @throws SessionError `credentials_conflict` for two Authorization headers: node:http shows the first, a proxy may have
 *   judged the last (B25)
 */
export function readBearerToken(req: IncomingMessage): string | undefined {
  const header = req.headers.authorization;
  if (header === undefined) return undefined;
  if (countAuthorization(req.rawHeaders) > 1) {
    throw new SessionError('credentials_conflict', { detail: 'The Authorization header was sent twice.' });
  }
  return bearer.exec(header)?.[1];
}

/** Whether a token has the shape of one of this library, by its prefix alone. */
export function looksLikeOurs(token: string | undefined): boolean {
  return token !== undefined && (token.startsWith('sat_') || token.startsWith('srt_') || token.startsWith('sot_'));
}

function countAuthorization(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 13 && name.toLowerCase() === 'authorization') count++;
  }
  return count;
}
