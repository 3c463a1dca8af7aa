import { familyBytes, type Secret, secretBytes } from '../domain/secret';
import { type SessionId, sessionIdBytes, sessionIdFromBytes } from '../domain/session-id';
import { readToken, tokenKind, writeToken } from './token-text';

/** session id (16) ‖ family (16) ‖ generation (4) ‖ secret (32) */
export interface RefreshToken {
  readonly id: SessionId;
  readonly family: Buffer;
  readonly generation: number;
  readonly secret: Secret;
}

const familyAt = 16;
const generationAt = familyAt + familyBytes;
const secretAt = generationAt + 4;

const kind = tokenKind('srt_', secretAt + secretBytes);

export function writeRefreshToken({ id, family, generation, secret }: RefreshToken): string {
  const body = Buffer.concat([sessionIdBytes(id), family, Buffer.alloc(4), secret]);
  body.writeUInt32BE(generation, generationAt);
  return writeToken(kind, body);
}

export function readRefreshToken(token: unknown): RefreshToken | undefined {
  const body = readToken(kind, token);
  const id = body && sessionIdFromBytes(body.subarray(0, familyAt));
  return (
    id && {
      id,
      family: body.subarray(familyAt, generationAt),
      generation: body.readUInt32BE(generationAt),
      secret: body.subarray(secretAt) as Secret,
    }
  );
}
