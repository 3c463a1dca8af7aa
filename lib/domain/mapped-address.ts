const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;

/** A socket that serves both versions shows IPv4 as `::ffff:192.0.2.1`: all of IPv4 would be one network. Any other stays as it is. */
export function unmapped(address: string): string {
  return mapped.exec(address)?.[1] ?? address;
}
