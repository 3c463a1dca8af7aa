import { HttpBench } from './fixtures/http-bench';
import { setCookiesOf } from './fixtures/browser';

const deviceCookie = '__Host-sk-device';

describe('the cookie by which a browser is recognised', () => {
  test('is set at the first sign-in, for 400 days, out of reach of scripts, and stays when the person signs out', async () => {
    const bench = new HttpBench();
    const browser = bench.browser();
    const answer = await browser.post('/login').expect(200);
    const cookie = setCookiesOf(answer).find(({ name }) => name === deviceCookie);
    expect(cookie?.value).toMatch(/^[\w-]{22}$/);
    expect(cookie?.attributes).toEqual({
      path: '/',
      httponly: true,
      secure: true,
      samesite: 'Lax',
      'max-age': String(400 * 86_400),
    });
    await browser.post('/logout').expect(200);
    expect(browser.value(deviceCookie)).toBe(cookie?.value);
    await browser.post('/login').expect(200);
    expect(browser.value(deviceCookie)).toBe(cookie?.value);
  });

  test('ties the sign-ins of one browser together, and tells two browsers apart', async () => {
    const bench = new HttpBench({ options: { limit: { max: 2 } } });
    const browser = bench.browser();
    for (let count = 0; count < 4; count++) {
      browser.forget('__Host-sk-access');
      browser.forget('__Host-sk-refresh');
      await browser.post('/login').expect(200);
      bench.time.advance(1);
    }
    await bench.signedIn();
    await bench.browser().post('/login').expect(409);
  });

  test('opens nothing: a forged or stolen one is worth no session', async () => {
    const bench = new HttpBench();
    const browser = await bench.signedIn();
    const thief = bench.browser();
    await thief.get('/me', { Cookie: `${deviceCookie}=${browser.value(deviceCookie)}` }).expect(401);
    await browser.get('/me').expect(200);
  });

  test.each(['', 'short', 'x'.repeat(4_000), '../../../../../../../etc', '<script>alert(1)</script>'])(
    'one that is none of ours (%#) is replaced',
    async (forged) => {
      const bench = new HttpBench();
      const browser = bench.browser();
      await browser.post('/login', { Cookie: `${deviceCookie}=${encodeURIComponent(forged)}` }).expect(200);
      expect(browser.value(deviceCookie)).toMatch(/^[\w-]{22}$/);
    },
  );

  test('a planted second one counts for nothing, and refuses nobody', async () => {
    const bench = new HttpBench();
    const browser = bench.browser();
    const twice = `${deviceCookie}=${'a'.repeat(22)}; ${deviceCookie}=${'b'.repeat(22)}`;
    await browser.post('/login', { Cookie: twice }).expect(200);
    expect(browser.value(deviceCookie)).not.toMatch(/^[ab]{22}$/);
  });

  test('can be switched off', async () => {
    const bench = new HttpBench({ options: { cookies: { device: false } } });
    const browser = await bench.signedIn();
    expect([...browser.cookies.values()].map(({ name }) => name)).toEqual([
      '__Host-sk-access',
      '__Host-sk-refresh',
    ]);
  });

  test('a bearer client gets none', async () => {
    const bench = new HttpBench();
    const answer = await bench.browser().post('/login?transport=bearer').expect(200);
    expect(answer.get('Set-Cookie')).toBeUndefined();
  });

  test('no cookie is touched where the store does not answer, or the sign-in came too late', async () => {
    const bench = new HttpBench();
    const browser = bench.browser();
    bench.store.failNext('create');
    const answer = await browser.post('/login').expect(503);
    expect(answer.get('Set-Cookie')).toBeUndefined();
  });

  test('A27 a renewal from another browser with the same token is theft, whatever it calls itself', async () => {
    const bench = new HttpBench({ options: { rotation: { grace: '10s' } } });
    const browser = await bench.signedIn();
    const thief = browser.tab();
    thief.replace(deviceCookie, 'z'.repeat(22));
    bench.time.advance(16 * 60_000);
    await browser.get('/me').expect(200);
    bench.time.advance(1_000);
    await thief.get('/me').expect(401);
  });
});
