import { type UserKey, userKeyLength } from '../../domain/session-id';
import { attemptBytes } from '../../domain/secret';
import type { OneTimeId } from '../../domain/slotted-id';
import type { OneTime } from '../../store/one-times';

// When it expires, the uses that are left, how many uses taken and how many refusals were told, the last four attempts that took a use, the user's key,
// the length of its purpose, the purpose, the payload. `scripts/one-time.lua` spells the same.
const timeBytes = 6;
const usesAt = timeBytes;
const toldAt = usesAt + 2;
const attemptsAt = toldAt + 1;
const userAt = attemptsAt + 4 * attemptBytes;
const lengthAt = userAt + userKeyLength;
const purposeAt = lengthAt + 1;

/** Of a token that nobody has used. */
export function encodeOneTime({ expiresAt, uses, user, purpose, payload }: OneTime): Buffer {
  const word = Buffer.from(purpose);
  const head = Buffer.alloc(purposeAt);
  head.writeUIntBE(expiresAt, 0, timeBytes);
  head.writeUInt16BE(uses, usesAt);
  if (user !== null) head.write(user, userAt, 'latin1');
  head.writeUInt8(word.length, lengthAt);
  return Buffer.concat([head, word, Buffer.from(payload)]);
}

/** undefined for what is none. */
export function decodeOneTime(id: OneTimeId, bytes: Buffer): OneTime | undefined {
  const payloadAt = purposeAt + (bytes[lengthAt] ?? 0);
  if (bytes.length < payloadAt) return undefined;
  return {
    id,
    purpose: bytes.toString('utf8', purposeAt, payloadAt),
    expiresAt: bytes.readUIntBE(0, timeBytes),
    uses: bytes.readUInt16BE(usesAt),
    user: bytes[userAt] === 0 ? null : (bytes.toString('latin1', userAt, lengthAt) as UserKey),
    payload: bytes.toString('utf8', payloadAt),
  };
}
