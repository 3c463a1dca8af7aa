import { crc32 } from 'node:zlib';

/** Base64url characters of a CRC-32. */
export const checksumLength = 6;

/** A tail by which secret scanners recognise a leak and a mangled token fails before any store call. No security. */
export function checksum(text: string): string {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(crc32(text));
  return bytes.toString('base64url');
}
