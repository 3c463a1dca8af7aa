import { isIP } from 'node:net';
import type { AddressPrivacy } from '../options/privacy';
import { canonicalAddress } from './canonical-address';
import { ipv6Groups } from '../domain/ipv6-groups';

const groupsOfNetwork = 3;

/** What of an address may be stored, shown or told; null for what is no address. Of what was kept before, it leaves as much. */
export function keptAddress(address: string | null | undefined, privacy: AddressPrivacy): string | null {
  if (!address || privacy === 'none' || isIP(address) === 0) return null;
  return privacy === 'full' ? address : networkOf(address);
}

/** IPv4 /24, IPv6 /48, as a canonical address. */
function networkOf(address: string): string | null {
  const canonical = canonicalAddress(address);
  if (canonical === undefined) return null;
  if (isIP(canonical) === 4) return canonical.replace(/\d+$/, '0');
  const groups = ipv6Groups(canonical).slice(0, groupsOfNetwork);
  // 6to4 (RFC 3056): the 32 bits behind 2002 are the IPv4 address of whoever calls.
  if (groups[0] === '2002') groups[2] = groups[2]!.padStart(4, '0').replace(/..$/, '00');
  return canonicalAddress(`${groups.join(':')}::`) ?? null;
}
