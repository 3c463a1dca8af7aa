import { hash } from 'node:crypto';
import type { Client } from '../domain/client';
import { Memo } from '../domain/memo';
import type { SessionId } from '../domain/session-id';
import type { AddressPrivacy } from '../options/privacy';
import { addressBlock } from './address-block';
import { keptAddress } from './kept-address';

const markCharacters = 11;
const mostAddresses = 1_000;

// IPv6 takes ten times as long to bring into its one spelling as the hash takes. Whoever has the network of an address could try all of it
// against the mark (A77), so that holds no more than what is kept.
const places: Readonly<Record<Exclude<AddressPrivacy, 'none'>, Memo<string>>> = {
  full: new Memo(mostAddresses, (ip) => addressBlock(ip) ?? ''),
  truncated: new Memo(mostAddresses, (ip) => keptAddress(ip, 'truncated') ?? ''),
};

/**
 * Stands for what is kept of the address and for the user agent of a caller, within one session: 66 bits of a hash with the session's id, so that marks of two sessions
 * never match and no list of addresses can be made from them. Addresses of one /64 of IPv6 are one: devices change among them
 * daily. Whoever tells nothing has a mark too, of a caller who tells nothing: else that were a way around being judged.
 */
export function clientMark(
  id: SessionId,
  { ip, userAgent }: Pick<Client, 'ip' | 'userAgent'>,
  privacy: AddressPrivacy = 'full',
): string {
  const place = ip === undefined || privacy === 'none' ? '' : places[privacy].of(ip);
  // A line break stands in neither: no two callers are written alike.
  const text = `${id}\n${place}\n${userAgent ?? ''}`;
  return hash('sha256', text, 'base64url').slice(0, markCharacters);
}
