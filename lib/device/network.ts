import { BlockList, isIP } from 'node:net';
import { canonicalAddress } from './canonical-address';
import { keptAddress } from './kept-address';

const prefixBits = { 4: 24, 6: 64 } as const;
const truncatedBits = 48;

/**
 * Whether two addresses are of one network: the same /24 of IPv4, the same /64 of IPv6, or /48 where no more was kept of either. Unknown
 * addresses are.
 */
export function isSameNetwork(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return true;
  const [known, other] = [unmapped(a), unmapped(b)];
  const version = isIP(known);
  if (version === 0 || version !== isIP(other)) return known === other;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const network = new BlockList();
  network.addSubnet(known, bitsOf(version as 4 | 6, known, other), family);
  return network.check(other, family);
}

/** Whoever calls now may be known by the whole address, and the session by what was kept of it when another option was in force. */
function bitsOf(version: 4 | 6, ...addresses: readonly string[]): number {
  const isTruncated = (address: string): boolean => keptAddress(address, 'truncated') === canonicalAddress(address);
  return version === 6 && addresses.some(isTruncated) ? truncatedBits : prefixBits[version];
}

/** A socket that serves both versions shows IPv4 as `::ffff:192.0.2.1`: all of IPv4 would be one /64. */
function unmapped(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}
