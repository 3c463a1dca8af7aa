import { isIP } from 'node:net';
import { ipv6Groups } from './ipv6-groups';
import { unmapped } from './mapped-address';

/** The networks of an address, by name: from the one of a household or office to the wide one that its provider holds. */
export interface Networks {
  readonly version: 4 | 6;
  /** The /24 of IPv4, the /64 of IPv6. */
  readonly near: string;
  /** As much as is left of a truncated address: the /24 of IPv4, the /48 of IPv6. */
  readonly kept: string;
  /** The /16 of IPv4, the /32 of IPv6. */
  readonly wide: string;
  /** The address ends where the kept network does. */
  readonly isTruncated: boolean;
}

type Parts = Readonly<Record<'near' | 'kept' | 'wide', number>>;

/** undefined for what is no address. */
export function networksOf(ip: string | null): Networks | undefined {
  if (ip === null) return undefined;
  const address = unmapped(ip);
  const version = isIP(address);
  if (version === 4) return named(4, address.split('.'), { near: 3, kept: 3, wide: 2 });
  return version === 6 ? named(6, ipv6Groups(address), { near: 4, kept: 3, wide: 2 }) : undefined;
}

function named(version: 4 | 6, groups: readonly string[], { near, kept, wide }: Parts): Networks {
  const first = (count: number): string => groups.slice(0, count).join(':');
  const isTruncated = groups.slice(kept).every((group) => group === '0');
  return { version, near: first(near), kept: first(kept), wide: first(wide), isTruncated };
}

/**
 * Whether two addresses are of one network: the same /24 of IPv4, the same /64 of IPv6, or /48 where no more was kept of either: whoever calls now
 * may be known by the whole address, and the session by what was kept of it when another option was in force. Unknown addresses are.
 */
export function isSameNetwork(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return true;
  const [known, other] = [networksOf(a), networksOf(b)];
  if (!known || !other) return a === b;
  if (known.version !== other.version) return false;
  return known.isTruncated || other.isTruncated ? known.kept === other.kept : known.near === other.near;
}
