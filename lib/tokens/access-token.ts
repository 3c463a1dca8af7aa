import { type Secret, secretBytes } from '../domain/secret';
import { type SessionId, sessionIdBytes, sessionIdFromBytes } from '../domain/session-id';
import { readToken, tokenKind, writeToken } from './token-text';

/** session id (16) ‖ secret (32) */
export interface AccessToken {
  readonly id: SessionId;
  readonly secret: Secret;
}

const kind = tokenKind('sat_', 16 + secretBytes);

export function writeAccessToken({ id, secret }: AccessToken): string {
  return writeToken(kind, Buffer.concat([sessionIdBytes(id), secret]));
}

/** Whether it may be an access token at all: what is not costs nothing, whatever its size (A56). */
export function hasAccessTokenShape(token: unknown): token is string {
  return typeof token === 'string' && token.length === kind.length;
}

export function readAccessToken(token: unknown): AccessToken | undefined {
  const body = readToken(kind, token);
  const id = body && sessionIdFromBytes(body);
  return id && { id, secret: body.subarray(16) as Secret };
}
