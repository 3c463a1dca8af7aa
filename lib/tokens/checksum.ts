import { crc32 } from 'node:zlib';

/** Base64url characters of a CRC-32. */
export const checksumLength = 6;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A tail by which secret scanners recognise a leak and a mangled token fails before any store call. No security. */
export function checksum(text: string): string {
  const sum = crc32(text);
  return (
    digit(sum >>> 26) +
    digit(sum >>> 20) +
    digit(sum >>> 14) +
    digit(sum >>> 8) +
    digit(sum >>> 2) +
    digit(sum << 4)
  );
}

function digit(bits: number): string {
  return alphabet[bits & 63]!;
}
