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

export function readAccessToken(token: unknown): AccessToken | undefined {
  const body = readToken(kind, token);
  const id = body && sessionIdFromBytes(body.subarray(0, 16));
  return id && { id, secret: body.subarray(16) as Secret };
}
