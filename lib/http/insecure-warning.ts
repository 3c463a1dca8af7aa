import type { IncomingMessage } from 'node:http';
import type { CookieSettings } from '../options/cookies';
import { isSecure } from './own-origin';
import { warnOnce } from './warn-once';

/** Browsers drop Secure cookies that arrive over plain http, and everyone silently stays signed out. */
export function warnIfInsecure(req: IncomingMessage, { secure }: CookieSettings): void {
  // A proxy that ends TLS but is not trusted says so too: wrong for a decision, good enough to keep quiet.
  if (!secure || isSecure(req) || req.headers['x-forwarded-proto'] === 'https') return;
  warnOnce(
    'SESSIONKEEPER_INSECURE_COOKIE',
    'A Secure cookie was set over plain http; browsers drop it, except on localhost. Serve https, set ' +
      "Express' `trust proxy` behind a proxy that ends TLS, or in development pass `cookies: { secure: false }`.",
  );
}
