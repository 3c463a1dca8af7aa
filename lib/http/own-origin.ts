import type { IncomingMessage } from 'node:http';
import { expressFacts } from './message';

/** What Express makes of its `trust proxy` setting. */
type TrustProxy = (address: string | undefined, hops: number) => boolean;

/** Whether TLS carried the request, here or at a proxy that the app trusts. */
export function isSecure(req: IncomingMessage): boolean {
  const { protocol } = expressFacts(req);
  return typeof protocol === 'string'
    ? protocol === 'https'
    : 'encrypted' in req.socket && req.socket.encrypted === true;
}

/** Whether an Origin header names the host and scheme that this request was sent to. */
export function isOwnOrigin(req: IncomingMessage, origin: string): boolean {
  const host = hostOf(req);
  if (host === undefined) return false;
  const own = `${isSecure(req) ? 'https' : 'http'}://${host}`;
  // Browsers leave out default ports and capitals; other clients and proxies may not.
  return own === origin || (URL.canParse(own) && new URL(own).origin === origin);
}

/** `X-Forwarded-Host` counts only where Express trusts the proxy that sent it. */
function hostOf(req: IncomingMessage): string | undefined {
  const forwarded = req.headers['x-forwarded-host'];
  if (typeof forwarded === 'string' && isProxyTrusted(req)) return forwarded.split(',', 1)[0]?.trim();
  const authority = req.headers[':authority'];
  return req.headers.host ?? (typeof authority === 'string' ? authority : undefined);
}

function isProxyTrusted(req: IncomingMessage): boolean {
  const trusts = expressFacts(req).app?.get?.('trust proxy fn') as TrustProxy | undefined;
  return typeof trusts === 'function' && trusts(req.socket.remoteAddress, 0);
}
