import type { IncomingMessage } from 'node:http';
import { looksLikeApiSecret } from '../../../tokens/api-secret';
import { readBearerToken } from '../../bearer-token';

/** An API secret as a request shows it. */
export interface ShownSecret {
  readonly text: string;
  /** Under what id; undefined with Bearer, which names none. */
  readonly id: string | undefined;
}

const basic = /^basic[ \t]+([A-Za-z0-9+/_-]{1,8192}={0,2})[ \t]*$/i;

/**
 * What the Authorization header shows that claims to be an API secret: as Bearer (RFC 6750 section 2.1), or as the password of Basic
 * (RFC 7617) behind the secret's id. undefined for any other. Nowhere else is one looked for: not in the URL, which ends up in logs
 * (A49), and not in a cookie, which browsers send by themselves.
 *
 * @throws SessionError `credentials_conflict` for two Authorization headers
 */
export function readShownSecret(req: IncomingMessage): ShownSecret | undefined {
  const bearer = readBearerToken(req);
  if (bearer !== undefined) return looksLikeApiSecret(bearer) ? { text: bearer, id: undefined } : undefined;
  const encoded = basic.exec(req.headers.authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const pair = Buffer.from(encoded, 'base64').toString();
  const colon = pair.indexOf(':');
  const [id, text] = [formDecoded(pair.slice(0, Math.max(colon, 0))), formDecoded(pair.slice(colon + 1))];
  return id && looksLikeApiSecret(text) ? { text, id } : undefined;
}

/** OAuth clients encode both parts as in a form (RFC 6749 section 2.3.1). Neither id nor secret holds what that would change. */
function formDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
