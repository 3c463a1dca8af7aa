import { timingSafeEqual } from 'node:crypto';

/** Compares in constant time (ASVS 11.2.4). Only the lengths, which are public, can be told apart by timing. */
export function sameBytes(a: Uint8Array, b: Uint8Array | null | undefined): boolean {
  return a.length === b?.length && timingSafeEqual(a, b);
}
