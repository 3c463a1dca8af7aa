import type { ServerResponse } from 'node:http';
import onHeaders from 'on-headers';

/** A Set-Cookie line and the name it sets. */
export interface ResponseCookie {
  readonly name: string;
  readonly line: string;
}

interface Entry {
  readonly line: string;
  /** Asked when the headers go out; null: always due. */
  readonly isDue: (() => boolean) | null;
}

interface Jar {
  readonly entries: Map<string, Entry>;
  /** Whether it waits for the headers to go out. */
  isWaiting: boolean;
}

const jars = new WeakMap<ServerResponse, Jar>();

/** Sets cookies on the response. They replace whatever of the same name was set or offered before. */
export function setCookies(res: ServerResponse, cookies: readonly ResponseCookie[]): void {
  const { entries } = jarOf(res);
  for (const { name, line } of cookies) entries.set(name, { line, isDue: null });
}

/**
 * Offers the cookies of a renewal: they go out only if they are still due by then, and never in place of cookies that were
 * set. A response that has left already goes without.
 */
export function offerCookies(
  res: ServerResponse,
  cookies: readonly ResponseCookie[],
  isDue: (() => boolean) | null,
): void {
  const { entries } = jarOf(res);
  for (const { name, line } of cookies) {
    if (entries.get(name)?.isDue !== null) entries.set(name, { line, isDue });
  }
}

function jarOf(res: ServerResponse): Jar {
  const jar = jars.get(res) ?? { entries: new Map<string, Entry>(), isWaiting: false };
  jars.set(res, jar);
  // A response that is held has had its headers written once before they really go out.
  if (!jar.isWaiting) {
    jar.isWaiting = true;
    onHeaders(res, function writeSessionCookies() {
      jar.isWaiting = false;
      writeCookies(res, jar.entries);
    });
  }
  return jar;
}

/** One Set-Cookie a name, and no cache keeps the answer: Set-Cookie alone does not stop one (RFC 9111 section 7.3, A54). */
function writeCookies(res: ServerResponse, entries: ReadonlyMap<string, Entry>): void {
  const due = [...entries].filter(([, { isDue }]) => isDue === null || isDue());
  if (due.length === 0) return;
  const names = new Set(due.map(([name]) => name));
  const present = [res.getHeader('Set-Cookie') ?? []].flat().map(String);
  const others = present.filter((line) => !names.has(line.slice(0, line.indexOf('=')).trim()));
  res.setHeader('Set-Cookie', [...others, ...due.map(([, { line }]) => line)]);
  res.setHeader('Cache-Control', 'no-store');
}
