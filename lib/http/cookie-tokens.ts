import { SessionError } from '../domain/error';
import type { CookieSettings } from '../options/cookies';

/** The values of our cookies as they came; undefined where absent or empty. */
export interface CookieTokens {
  readonly access: string | undefined;
  readonly refresh: string | undefined;
}

const none: CookieTokens = Object.freeze({ access: undefined, refresh: undefined });

const equals = 0x3d;

/**
 * Reads our two cookies and nothing else. Names are compared case for case and only SP and HTAB are trimmed: what a browser
 * would not accept under a `__Host-` name must not pass for it here (RFC 6265bis section 5.6, CVE-2026-39410).
 *
 * @throws SessionError `credentials_conflict` when a name of ours comes twice: a sibling host may have planted the other one
 */
export function readCookieTokens(header: string | undefined, names: CookieSettings): CookieTokens {
  if (header === undefined) return none;
  let access: string | undefined;
  let refresh: string | undefined;
  for (let start = 0; start < header.length;) {
    const semicolon = header.indexOf(';', start);
    const end = semicolon === -1 ? header.length : semicolon;
    const name = skipBlanks(header, start, end);
    const accessValue = valueAt(header, name, end, names.accessName);
    const refreshValue = accessValue ?? valueAt(header, name, end, names.refreshName);
    if (accessValue !== undefined) access = once(access, accessValue);
    else if (refreshValue !== undefined) refresh = once(refresh, refreshValue);
    start = end + 1;
  }
  return access === undefined && refresh === undefined
    ? none
    : { access: access || undefined, refresh: refresh || undefined };
}

/** The value of one cookie, by the same rules; undefined where it is absent or comes twice. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined;
  const values = header
    .split(';')
    .flatMap((pair) => valueAt(pair, skipBlanks(pair, 0, pair.length), pair.length, name) ?? []);
  return values.length === 1 ? values[0] : undefined;
}

/** The value of the pair that begins here, if it has this name. */
function valueAt(header: string, start: number, end: number, name: string): string | undefined {
  if (!header.startsWith(name, start)) return undefined;
  const sign = skipBlanks(header, start + name.length, end);
  if (sign >= end || header.charCodeAt(sign) !== equals) return undefined;
  const first = skipBlanks(header, sign + 1, end);
  let last = end;
  while (last > first && isBlank(header.charCodeAt(last - 1))) last--;
  return header.slice(first, last);
}

function once(known: string | undefined, value: string): string {
  if (known === undefined) return value;
  throw new SessionError('credentials_conflict', { detail: 'A session cookie was sent twice.' });
}

function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
