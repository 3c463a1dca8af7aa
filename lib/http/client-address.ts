import type { IncomingMessage } from 'node:http';
import { canonicalAddress } from '../device/canonical-address';
import { expressFacts } from './message';

/**
 * The caller's address in its one canonical spelling. Forwarded headers count only as far as the app told Express which
 * proxies to trust: `req.ip` is Express' answer, elsewhere it is the socket's (A50).
 */
export function clientAddress(req: IncomingMessage): string | undefined {
  const { ip } = expressFacts(req);
  return canonicalAddress(typeof ip === 'string' ? ip : req.socket.remoteAddress);
}
