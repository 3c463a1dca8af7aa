import { BlockList, isIP } from 'node:net';

const prefixBits = { 4: 24, 6: 64 } as const;

/** Whether two addresses are of one network: the same /24 of IPv4, the same /64 of IPv6. Unknown addresses are. */
export function isSameNetwork(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return true;
  const version = isIP(a);
  if (version === 0 || version !== isIP(b)) return a === b;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const network = new BlockList();
  network.addSubnet(a, prefixBits[version as 4 | 6], family);
  return network.check(b, family);
}
