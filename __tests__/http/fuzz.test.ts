import fc from 'fast-check';
import { SessionError } from '../../lib';
import { amendSession } from '../../lib/contract/amend-session';
import { listQuery } from '../../lib/contract/list-query';
import { readCookieTokens } from '../../lib/http/cookie-tokens';
import { readCredentials } from '../../lib/http/credentials';
import { readFields, readQuery } from '../../lib/http/fields';
import { HttpBench } from './fixtures/http-bench';
import { shortCookies } from './fixtures/short-cookies';

/** The outcome of a call, or the code of its refusal; anything else thrown is a bug. */
function attempt<Result>(call: () => Result): Result | string {
  try {
    return call();
  } catch (error) {
    if (error instanceof SessionError) return error.code;
    throw error;
  }
}

/** RFC 6265bis section 5.6, the slow and obvious way. */
function readSlowly(header: string): { access: string | undefined; refresh: string | undefined } | string {
  const trim = (text: string): string => text.replace(/^[ \t]+|[ \t]+$/g, '');
  const pairs = header
    .split(';')
    .filter((pair) => pair.includes('='))
    .map((pair) => [trim(pair.slice(0, pair.indexOf('='))), trim(pair.slice(pair.indexOf('=') + 1))] as const);
  const values = (name: string): string[] => pairs.filter(([key]) => key === name).map(([, value]) => value);
  if (values('a').length > 1 || values('r').length > 1) return 'credentials_conflict';
  return { access: values('a')[0] || undefined, refresh: values('r')[0] || undefined };
}

const headerText = fc.string({
  unit: fc.constantFrom('a', 'r', 'A', '=', ';', ' ', '\t', '"', 'x', '\u00a0'),
  maxLength: 60,
});

test('A14: any Cookie header is read as the standard says', () => {
  fc.assert(
    fc.property(headerText, (header) => {
      expect(attempt(() => readCookieTokens(header, shortCookies))).toEqual(readSlowly(header));
    }),
    { numRuns: 5_000 },
  );
});

test('no Authorization or Cookie header breaks the reader', () => {
  fc.assert(
    fc.property(fc.string(), headerText, fc.boolean(), (authorization, cookie, twice) => {
      const line = ['Authorization', authorization];
      const rawHeaders = ['Host', 'x', ...line, ...(twice ? line : [])];
      const req = { headers: { authorization, cookie }, rawHeaders } as never;
      const read = attempt(() => readCredentials(req, shortCookies, 'any'));
      if (twice) expect(read).toBe('credentials_conflict');
      else expect(typeof read === 'string' || ['cookie', 'bearer', 'none'].includes(read.transport)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('A57 B26: any JSON is a body of ours, or refused, and no prototype is touched', () => {
  const key = fc.oneof(fc.constantFrom('name', 'trusted', '__proto__', 'constructor', 'toString'), fc.string());
  const body = fc.oneof(fc.jsonValue(), fc.dictionary(key, fc.jsonValue(), { maxKeys: 3 }));
  fc.assert(
    fc.property(body, (value) => {
      const parsed: unknown = JSON.parse(JSON.stringify(value));
      const read = attempt(() => readFields(amendSession, parsed));
      if (typeof read === 'string') expect(read).toBe('request_invalid');
      else expect(['name', 'trusted']).toEqual(expect.arrayContaining(Object.keys(read)));
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    { numRuns: 3_000 },
  );
});

test('A57: any query is one of ours, or refused', () => {
  const part = fc.oneof(
    fc.constantFrom('limit=5', 'include=ended', 'cursor=abc', '&', '=', '%', '__proto__=1'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      const read = attempt(() => readFields(listQuery, readQuery(parts.join('&'))));
      if (typeof read === 'string') expect(read).toBe('request_invalid');
    }),
    { numRuns: 3_000 },
  );
});

test('A53: no bytes in a body and no path make the router fail', async () => {
  const bench = new HttpBench();
  const browser = await bench.signedIn();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('patch', 'post', 'delete', 'get'),
      fc.constantFrom('', '/current', '/refresh', '/validate', '/activity', '/x'),
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
        fc.json(),
      ),
      fc.constantFrom('application/json', 'text/plain', 'application/json;charset=x', 'APPLICATION/JSON'),
      async (method, path, body, type) => {
        // Signing out or in is not what is tried here.
        if (method === 'delete') path = '/x';
        const headers = { 'Content-Type': type };
        const { status } = await browser.send(method, `/api/v1/sessions${path}`, headers).send(body);
        expect([200, 400, 404, 405, 415]).toContain(status);
      },
    ),
    { numRuns: 300 },
  );
});
