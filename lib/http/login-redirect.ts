import type { IncomingMessage, ServerResponse } from 'node:http';
import { optionError } from '../options/read-options';
import { protectAnswer } from './json-answer';
import { expressFacts } from './message';

/** An address on this site (`/login`) or a complete one; it is written into a header. */
export function readLoginUrl(value: unknown, option: string): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && /^[\x21-\x7e]+$/.test(value) && !value.includes('#')) {
    if (isOwnPath(value)) return value;
    if (/^https?:\/\//.test(value) && URL.canParse(value)) return value;
  }
  throw optionError(option, "a path such as '/login' or an http(s) URL, without a fragment", value);
}

/** Whether a person is looking at a page, so that a redirect helps; scripts want the status. */
export function isNavigation({ method, headers }: IncomingMessage): boolean {
  const mode = headers['sec-fetch-mode'];
  if (method !== 'GET' || (mode !== undefined && mode !== 'navigate')) return false;
  return headers.accept?.includes('text/html') === true;
}

/** 303 to sign in; `returnTo` leads back here, and nowhere else. */
export function redirectToLogin(req: IncomingMessage, res: ServerResponse, loginUrl: string): void {
  if (res.headersSent) return;
  const { originalUrl } = expressFacts(req);
  const target = typeof originalUrl === 'string' ? originalUrl : (req.url ?? '/');
  const returnTo = isOwnPath(target) ? target : '/';
  protectAnswer(res);
  res.statusCode = 303;
  res.setHeader(
    'Location',
    `${loginUrl}${loginUrl.includes('?') ? '&' : '?'}returnTo=${encodeURIComponent(returnTo)}`,
  );
  res.end();
}

/** Browsers read `//host` and `/\host` as another site, and drop tabs and line breaks before they look. */
function isOwnPath(target: string): boolean {
  return /^\/(?![/\\])/.test(target) && !/[\t\n\r]/.test(target);
}
