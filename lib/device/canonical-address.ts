import { isIP, SocketAddress } from 'node:net';
import { unmapped } from '../domain/mapped-address';

// Some proxies write the port behind the address, with brackets around IPv6.
const withPort = /^(?:\[([0-9a-f:.]+)\]|(\d{1,3}(?:\.\d{1,3}){3}))(?::\d{1,5})?$/i;

/** An address in its one canonical spelling. undefined for what is no address: forwarded headers hold whatever their sender wrote. */
export function canonicalAddress(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 64) return undefined;
  const family = isIP(text);
  if (family === 4) return text;
  if (family === 6) return canonicalIpv6(text);
  const bare = withPort.exec(text);
  const address = bare?.[1] ?? bare?.[2];
  return address === undefined || isIP(address) === 0 ? undefined : canonicalAddress(address);
}

function canonicalIpv6(text: string): string {
  const zone = text.indexOf('%');
  const { address } = new SocketAddress({ address: zone === -1 ? text : text.slice(0, zone), family: 'ipv6' });
  return unmapped(address);
}
