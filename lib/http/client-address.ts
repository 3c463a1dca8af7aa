import type { IncomingMessage } from 'node:http';
import { canonicalAddress } from '../device/canonical-address';
import { expressFacts } from './message';
import { isProxyTrusted } from './own-origin';
import { warnOnce } from './warn-once';

/**
 * The caller's address in its one canonical spelling. Forwarded headers count only as far as the app told Express which
 * proxies to trust: `req.ip` is Express' answer, elsewhere it is the socket's (A50).
 */
export function clientAddress(req: IncomingMessage): string | undefined {
  const { ip } = expressFacts(req);
  const ofSocket = canonicalAddress(req.socket.remoteAddress);
  const address = typeof ip === 'string' ? canonicalAddress(ip) : ofSocket;
  if (address === ofSocket && isForwarded(req) && !isProxyTrusted(req)) warnOfProxy();
  return address;
}

function isForwarded({ headers }: IncomingMessage): boolean {
  return headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
}

/** Whoever comes from behind the proxy shares its address, and a hundred failed logins of any of them lock out all. */
function warnOfProxy(): void {
  warnOnce(
    'SESSIONKEEPER_TRUST_PROXY',
    'A request names a forwarded address, and the one of its connection was used. If that is your proxy, all clients share its ' +
      "address, also where failed logins are counted: tell Express which proxy to trust, app.set('trust proxy', …). Connect has " +
      'no such setting: set req.ip in a middleware before.',
  );
}
