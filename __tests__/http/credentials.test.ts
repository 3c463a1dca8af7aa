import { listen, type RunningServer } from '../harness/listen';
import { readCookieTokens } from '../../lib/http/cookie-tokens';
import { rejectionOf } from '../fixtures/refusal-of';
import { accessCookie, HttpBench, refreshCookie } from './fixtures/http-bench';
import { problemIn, rawRequest, statusOf } from './fixtures/raw-request';
import { shortCookies } from './fixtures/short-cookies';

describe('duplicated credentials', () => {
  const bench = new HttpBench();
  let server: RunningServer;
  beforeAll(async () => (server = await listen(bench.app)));
  afterAll(() => server.close());

  const answerTo = (...headers: string[]): Promise<string> =>
    rawRequest(server.port, ['GET /me HTTP/1.1', ...headers]);

  test.each([
    ['twice the same', (token: string) => [token, token]],
    ['ours first', (token: string) => [token, 'Basic YWxpY2U6eA==']],
    ['ours last', (token: string) => ['Basic YWxpY2U6eA==', token]],
  ])('B25: two Authorization headers, %s, are refused', async (_name, headers) => {
    const { accessToken } = await bench.bearer();
    const [first, second] = headers(`Bearer ${accessToken}`);
    const answer = await answerTo(`Authorization: ${first}`, `aUTHORIZATION: ${second}`);
    expect(statusOf(answer)).toBe(400);
    expect(problemIn(answer)).toMatchObject({ code: 'credentials_conflict' });
  });

  test('A14: two cookies of one name are refused, in one header or in two', async () => {
    const browser = await bench.signedIn();
    const cookie = `${accessCookie}=${browser.value(accessCookie)}`;
    for (const headers of [
      [`Cookie: ${cookie}; ${cookie}`],
      [`Cookie: ${cookie}`, `Cookie: ${accessCookie}=planted`],
    ]) {
      const answer = await answerTo(...headers);
      expect(statusOf(answer)).toBe(400);
      expect(problemIn(answer)).toMatchObject({ code: 'credentials_conflict' });
    }
  });

  test('A14: a planted empty cookie beside ours is a duplicate too', async () => {
    const browser = await bench.signedIn();
    const cookie = `${accessCookie}=${browser.value(accessCookie)}`;
    expect(statusOf(await answerTo(`Cookie: ${accessCookie}=; ${cookie}`))).toBe(400);
  });

  test.each([
    ['in other case', (name: string) => name.toLowerCase()],
    ['behind a no-break space (CVE-2026-39410)', (name: string) => `\u00a0${name}`],
    ['with a vertical tab behind it', (name: string) => `${name}\u000b`],
    ['with something before it', (name: string) => `x${name}`],
    ['with something behind it', (name: string) => `${name}2`],
  ])('A14: a cookie whose name is ours %s is not ours', async (_name, rename) => {
    const browser = await bench.signedIn();
    const answer = await answerTo(`Cookie: ${rename(accessCookie)}=${browser.value(accessCookie)}`);
    expect([400, 401]).toContain(statusOf(answer));
    expect(answer).not.toContain('alice');
  });

  test('A46: our cookie and our bearer token together are refused', async () => {
    const browser = await bench.signedIn();
    const { accessToken } = await bench.bearer();
    const answer = await browser.get('/me', { Authorization: `Bearer ${accessToken}` }).expect(400);
    expect(answer.body).toMatchObject({ code: 'credentials_conflict' });
    expect(answer.get('Set-Cookie')).toBeUndefined();
  });

  test('a cookie of our name that holds no token of ours conflicts with nothing', async () => {
    const { accessToken } = await bench.bearer();
    const headers = { Authorization: `Bearer ${accessToken}`, Cookie: `${accessCookie}=junk` };
    await bench.browser().get('/me', headers).expect(200);
  });

  test.each(['junk', '""', 'sat_', '%00', '"sat_x"', 'sat_'.repeat(900)])(
    'a cookie that holds %s is an invalid token, and nothing worse',
    async (value) => {
      const { body } = await bench
        .browser()
        .get('/me', { Cookie: `${accessCookie}=${value}` })
        .expect(401);
      expect(body).toMatchObject({ code: 'token_invalid' });
    },
  );

  test('an empty cookie is none', async () => {
    const { body } = await bench
      .browser()
      .get('/me', { Cookie: `${accessCookie}=; ${refreshCookie}=` })
      .expect(401);
    expect(body).toMatchObject({ code: 'no_session' });
  });

  test('B27: a hundred cookies of others do not matter', async () => {
    const browser = await bench.signedIn();
    const others = Array.from({ length: 100 }, (_, index) => `other${index}=${'x'.repeat(40)}`).join('; ');
    await bench
      .browser()
      .get('/me', { Cookie: `${others}; ${browser.cookieHeader()}; last=1` })
      .expect(200);
  });

  test('B23: headers beyond what node:http takes are 431, before anything of ours runs', async () => {
    const answer = await answerTo(`Authorization: Bearer sat_${'A'.repeat(1_000_000)}`);
    expect(statusOf(answer)).toBe(431);
  });
});

describe('the cookie reader', () => {
  test.each([
    [undefined, undefined, undefined],
    ['', undefined, undefined],
    ['a=1', '1', undefined],
    ['r=2;a=1', '1', '2'],
    ['a = 1 ; \tr\t=\t2\t', '1', '2'],
    ['a=x=y==', 'x=y==', undefined],
    ['a', undefined, undefined],
    ['a;r=2', undefined, '2'],
    [';;; a=1;;', '1', undefined],
    ['=a; a', undefined, undefined],
    ['A=1; R=2', undefined, undefined],
    ['aa=1; ar=2', undefined, undefined],
    ['a="1"', '"1"', undefined],
    ['a=\u00a01', '\u00a01', undefined],
  ])('reads %j', (header, access, refresh) => {
    expect(readCookieTokens(header, shortCookies)).toEqual({ access, refresh });
  });

  test.each(['a=1; a=1', 'a=; a=1', 'a=1; a=', 'r=1; r=2'])('refuses %j', async (header) => {
    const error = await rejectionOf((async () => readCookieTokens(header, shortCookies))());
    expect(error.code).toBe('credentials_conflict');
  });

  test('takes time in proportion to the header (B28)', () => {
    const hostile = ['a ='.repeat(50_000), ';'.repeat(150_000), ' '.repeat(150_000), `${' ;'.repeat(50_000)}a=1`];
    for (const header of hostile) {
      const start = performance.now();
      readCookieTokens(header.replaceAll('a =', 'b ='), shortCookies);
      expect(performance.now() - start).toBeLessThan(1_000);
    }
  });
});
