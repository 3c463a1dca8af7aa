import { type ManagerOptions, SessionManager } from '../../lib';
import { refusalOf } from '../fixtures/refusal-of';
import { type Answer, type SetCookie, setCookiesOf } from './fixtures/browser';
import { accessCookie, deviceCookie, HttpBench, refreshCookie } from './fixtures/http-bench';

const day = 86_400;

describe('the cookies of a sign-in', () => {
  test('A11 A12: are __Host-, Secure, HttpOnly, SameSite=Lax, for all paths and no other host', async () => {
    const answer = await new HttpBench().browser().post('/login').expect(200);
    const cookies = setCookiesOf(answer);
    expect(cookies.map(({ name }) => name)).toEqual([accessCookie, refreshCookie, deviceCookie]);
    for (const { attributes } of cookies) {
      expect(attributes).toMatchObject({ path: '/', httponly: true, secure: true, samesite: 'Lax' });
      expect(attributes).not.toHaveProperty('domain');
    }
  });

  test('are __Secure- where subdomains share them', async () => {
    const options: ManagerOptions = { cookies: { domain: 'example.com', prefix: 'id', sameSite: 'strict' } };
    const answer = await new HttpBench({ options }).browser().post('/login').expect(200);
    const [access] = setCookiesOf(answer);
    expect(access).toMatchObject({
      name: '__Secure-id-access',
      attributes: { domain: 'example.com', path: '/', httponly: true, secure: true, samesite: 'Strict' },
    });
  });

  test('have plain names only where Secure is switched off', async () => {
    const answer = await new HttpBench({ options: { cookies: { secure: false } } })
      .browser()
      .post('/login')
      .expect(200);
    expect(setCookiesOf(answer).map(({ name }) => name)).toEqual(['sk-access', 'sk-refresh', 'sk-device']);
    expect(setCookiesOf(answer)[0]!.attributes).not.toHaveProperty('secure');
  });

  test('A12: SameSite=None without Secure is refused at construction', () => {
    expect(refusalOf(() => new SessionManager({ cookies: { sameSite: 'none', secure: false } })).message).toContain(
      'cookies.sameSite',
    );
  });

  test('A54: come on an answer that no cache keeps', async () => {
    const answer = await new HttpBench().browser().post('/login').expect(200);
    expect(answer.get('Cache-Control')).toBe('no-store');
  });

  test('A13: carry the only tokens that leave in cookie mode', async () => {
    const bench = new HttpBench();
    const browser = bench.browser();
    const signIn = await browser.post('/login').expect(200);
    bench.time.advance(16 * 60_000);
    const others = [
      await browser.get('/me'),
      await browser.post('/api/v1/sessions/refresh'),
      await browser.post('/logout'),
    ];
    for (const { text, headers } of [signIn, ...others]) {
      const { 'set-cookie': _cookies, ...rest } = headers as Record<string, unknown>;
      expect(text + JSON.stringify(rest)).not.toMatch(/s[aro]t_[\w-]/);
    }
  });

  test('A15: end with the browser unless the user asked to be remembered', async () => {
    const answer = await new HttpBench().browser().post('/login').expect(200);
    for (const { attributes } of tokenCookiesOf(answer)) {
      expect(attributes).not.toHaveProperty('max-age');
      expect(attributes).not.toHaveProperty('expires');
    }
  });

  test('A15: of a remembered session last exactly as long as the token in them', async () => {
    const answer = await new HttpBench().browser().post('/login?remember').expect(200);
    const ages = tokenCookiesOf(answer).map(({ attributes }) => attributes['max-age']);
    expect(ages).toEqual([String(15 * 60), String(30 * day)]);
  });

  test('A15: never outlive the absolute limit, nor 400 days', async () => {
    const long: ManagerOptions = { lifetimes: { absolute: '400d', rememberMe: '400d', refreshToken: '365d' } };
    const short: ManagerOptions = { lifetimes: { absolute: '10m' } };
    const [, refresh] = setCookiesOf(await new HttpBench({ options: long }).browser().post('/login?remember'));
    expect(Number(refresh!.attributes['max-age'])).toBeLessThanOrEqual(400 * day);
    for (const cookie of tokenCookiesOf(
      await new HttpBench({ options: short }).browser().post('/login?remember'),
    )) {
      expect(cookie.attributes['max-age']).toBe('600');
    }
  });

  test('A16: are far below 4096 bytes, name and value together', async () => {
    const options: ManagerOptions = { cookies: { prefix: 'x'.repeat(32) } };
    const answer = await new HttpBench({ options }).browser().post('/login?remember');
    for (const { name, value } of setCookiesOf(answer)) expect(name.length + value.length).toBeLessThan(512);
  });

  test('B27: are three at most', async () => {
    const browser = await new HttpBench().signedIn();
    expect(browser.cookies.size).toBe(3);
  });
});

test('without refresh tokens there is one cookie of a token, and a remembered one is sent again as it slides', async () => {
  const bench = new HttpBench({
    options: { lifetimes: { refreshToken: false, accessToken: '60m', rememberMe: '7d' } },
  });
  const browser = await bench.signedIn('remember');
  expect([...browser.cookies.values()].map(({ name }) => name)).toEqual([accessCookie, deviceCookie]);
  expect((await browser.get('/me')).get('Set-Cookie')).toBeUndefined();
  bench.time.advance(86_400_000);
  const answer = await browser.get('/me').expect(200);
  expect(setCookiesOf(answer)).toMatchObject([{ name: accessCookie, attributes: { 'max-age': String(7 * day) } }]);
  expect(setCookiesOf(answer)[0]!.value).toBe(browser.value(accessCookie));
  expect(answer.get('Cache-Control')).toBe('no-store');
});

test('without refresh tokens a cookie that ends with the browser needs no sending', async () => {
  const bench = new HttpBench({ options: { lifetimes: { refreshToken: false, accessToken: '60m' } } });
  const browser = await bench.signedIn();
  bench.time.advance(30 * 60_000);
  expect((await browser.get('/me').expect(200)).get('Set-Cookie')).toBeUndefined();
});

function tokenCookiesOf(answer: Answer): SetCookie[] {
  return setCookiesOf(answer).filter(({ name }) => name !== deviceCookie);
}
