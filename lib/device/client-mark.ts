import { hash } from 'node:crypto';
import type { Client } from '../domain/client';
import type { SessionId } from '../domain/session-id';
import type { AddressPrivacy } from '../options/privacy';
import { addressBlock } from './address-block';
import { keptAddress } from './kept-address';

const markCharacters = 11;

/**
 * Stands for what is kept of the address and for the user agent of a caller, within one session: 66 bits of a hash with the session's id, so that marks of two sessions
 * never match and no list of addresses can be made from them. Addresses of one /64 of IPv6 are one: devices change among them
 * daily. null where nothing is known of the caller.
 */
export function clientMark(
  id: SessionId,
  { ip, userAgent }: Pick<Client, 'ip' | 'userAgent'>,
  privacy: AddressPrivacy = 'full',
): string | null {
  if (ip === undefined && userAgent === undefined) return null;
  // Whoever has the network of an address could try all of it against the mark (A77).
  const place = (privacy === 'full' ? addressBlock(ip) : keptAddress(ip, privacy)) ?? '';
  // A line break stands in neither: no two callers are written alike.
  const text = `${id}\n${place}\n${userAgent ?? ''}`;
  return hash('sha256', text, 'base64url').slice(0, markCharacters);
}
