import { isIP } from 'node:net';
import { canonicalAddress } from './canonical-address';

const groupsOfAddress = 8;
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
  const [left = '', right] = ipv6.split('::', 2).map((text) => text.replace(/\d+(\.\d+){3}$/, '0:0'));
  const head = groupsIn(left);
  const tail = groupsIn(right ?? '');
  const zeros = Array.from({ length: groupsOfAddress - head.length - tail.length }, () => '0');
  return `${[...head, ...zeros, ...tail].slice(0, groupsOfBlock).join(':')}::/64`;
}

function groupsIn(text: string): string[] {
  return text === '' ? [] : text.split(':');
}
