import { isIP } from 'node:net';
import { canonicalAddress } from './canonical-address';
import { ipv6Groups } from '../domain/ipv6-groups';

const groupsOfBlock = 4;

/**
 * The addresses that one caller can choose among at will, by one name: an IPv4 address by itself, a /64 of IPv6 as a whole (A50).
 * undefined for what is no address.
 */
export function addressBlock(address: string | undefined): string | undefined {
  const canonical = canonicalAddress(address);
  return canonical === undefined || isIP(canonical) === 4 ? canonical : firstHalf(canonical);
}

function firstHalf(ipv6: string): string {
  return `${ipv6Groups(ipv6).slice(0, groupsOfBlock).join(':')}::/64`;
}
