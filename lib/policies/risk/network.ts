import { isIP } from 'node:net';

/** The networks of an address, by name: the one of a household or office, and the wide one that its provider holds. */
export interface Networks {
  readonly version: 4 | 6;
  /** The /24 of IPv4, the /64 of IPv6. */
  readonly near: string;
  /** The /16 of IPv4, the /32 of IPv6. */
  readonly wide: string;
}

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const groupsOfAddress = 8;

/** undefined for what is no address. */
export function networksOf(ip: string | null): Networks | undefined {
  if (ip === null) return undefined;
  // A socket that serves both versions shows IPv4 so: all of IPv4 would be one network.
  const address = mapped.exec(ip)?.[1] ?? ip;
  const version = isIP(address);
  if (version === 4) return named(4, address.split('.'), { near: 3, wide: 2 });
  return version === 6 ? named(6, groupsOf(address), { near: 4, wide: 2 }) : undefined;
}

function named(version: 4 | 6, parts: readonly string[], length: { near: number; wide: number }): Networks {
  return { version, near: parts.slice(0, length.near).join(':'), wide: parts.slice(0, length.wide).join(':') };
}

/** The first groups, each in one spelling; what follows them is not looked at. */
function groupsOf(ipv6: string): string[] {
  const [head = [], tail] = ipv6.split('::', 2).map(grouped);
  if (tail === undefined) return head;
  const zeros = Array.from({ length: groupsOfAddress - head.length - tail.length }, () => '0');
  return [...head, ...zeros, ...tail];
}

function grouped(text: string): string[] {
  if (text === '') return [];
  // The end may be written as IPv4: two groups.
  const groups = text.replace(/\d+(\.\d+){3}$/, '0:0').split(':');
  return groups.map((group) => Number.parseInt(group, 16).toString(16));
}
