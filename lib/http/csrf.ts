import type { IncomingMessage } from 'node:http';
import { SessionError } from '../domain/error';
import type { CsrfSettings } from '../options/csrf';
import { isOwnBehindProxy, isOwnOrigin } from './own-origin';

const safeMethods: ReadonlySet<string | undefined> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * Refuses requests that another site's page made with our cookies (A42, A43; Sec-Fetch-Site and Origin do the work of a
 * token). A WebSocket handshake is a GET that pages of any site may send with cookies, so it is judged like an unsafe method.
 *
 * @returns the refusal, or undefined where the request may go on
 */
export function refuseCrossSite(
  req: IncomingMessage,
  csrf: CsrfSettings,
  carriesCookie: boolean,
): SessionError | undefined {
  if (csrf === false || (safeMethods.has(req.method) && !isWebSocketHandshake(req))) return undefined;
  const { origin, 'sec-fetch-site': site } = req.headers;
  if (origin !== undefined && csrf.allowedOrigins.has(origin)) return undefined;
  if (site === 'same-origin' || site === 'none') return undefined;
  if (site === undefined && origin !== undefined && isOwnOrigin(req, origin)) return undefined;
  if (site === undefined && origin !== undefined && isOwnBehindProxy(req, origin)) {
    return new SessionError('csrf_refused', {
      detail:
        "A proxy that is not trusted says that this is the app's own origin: tell Express to trust it, app.set('trust proxy', …), or list " +
        'the origin in csrf.allowedOrigins.',
    });
  }
  if (site !== undefined || origin !== undefined) {
    return new SessionError('csrf_refused', {
      detail:
        "Requests that use or set cookies must come from this app's own pages: list other origins in csrf.allowedOrigins.",
    });
  }
  if (!carriesCookie) return undefined;
  return new SessionError('csrf_refused', {
    detail: 'Requests with cookies must name their Origin: send Origin or Sec-Fetch-Site, or use a bearer token.',
  });
}

function isWebSocketHandshake({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}
