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
  return host !== undefined && isSame(`${isSecure(req) ? 'https' : 'http'}://${host}`, origin);
}

/**
 * Whether it would be our own if the proxy were trusted that says of itself that it ended TLS. Good for a hint and for no decision:
 * anyone can send such headers.
 */
export function isOwnBehindProxy(req: IncomingMessage, origin: string): boolean {
  const { 'x-forwarded-proto': scheme, 'x-forwarded-host': forwarded } = req.headers;
  const host = typeof forwarded === 'string' ? firstOf(forwarded) : hostOf(req);
  const isHttps = typeof scheme === 'string' && firstOf(scheme) === 'https';
  return isHttps && host !== undefined && !isProxyTrusted(req) && isSame(`https://${host}`, origin);
}

/** Browsers leave out default ports and capitals; other clients and proxies may not. */
function isSame(own: string, origin: string): boolean {
  return own === origin || (URL.canParse(own) && new URL(own).origin === origin);
}

/** `X-Forwarded-Host` counts only where Express trusts the proxy that sent it. */
function hostOf(req: IncomingMessage): string | undefined {
  const forwarded = req.headers['x-forwarded-host'];
  if (typeof forwarded === 'string' && isProxyTrusted(req)) return firstOf(forwarded);
  const authority = req.headers[':authority'];
  return req.headers.host ?? (typeof authority === 'string' ? authority : undefined);
}

/** Each proxy adds its own behind those before it. */
function firstOf(list: string): string | undefined {
  return list.split(',', 1)[0]?.trim();
}

/** Whether Express has been told to trust whoever is at the other end of the connection; nobody elsewhere. */
export function isProxyTrusted(req: IncomingMessage): boolean {
  const trusts = expressFacts(req).app?.get?.('trust proxy fn') as TrustProxy | undefined;
  return typeof trusts === 'function' && trusts(req.socket.remoteAddress, 0);
}
