import type { OneTimeId } from '../../domain/slotted-id';
import type { OneTime } from '../../store/creation';

const timeBytes = 6;
const purposeAt = timeBytes + 1;

/** When it expires, the length of its purpose, the purpose, the payload. Scripts read the time. */
export function encodeOneTime({ expiresAt, purpose, payload }: OneTime): Buffer {
  const word = Buffer.from(purpose);
  const head = Buffer.alloc(purposeAt);
  head.writeUIntBE(expiresAt, 0, timeBytes);
  head.writeUInt8(word.length, timeBytes);
  return Buffer.concat([head, word, Buffer.from(payload)]);
}

/** undefined for what is none. */
export function decodeOneTime(id: OneTimeId, bytes: Buffer): OneTime | undefined {
  const payloadAt = purposeAt + (bytes[timeBytes] ?? 0);
  if (bytes.length < payloadAt) return undefined;
  return {
    id,
    purpose: bytes.toString('utf8', purposeAt, payloadAt),
    expiresAt: bytes.readUIntBE(0, timeBytes),
    payload: bytes.toString('utf8', payloadAt),
  };
}
