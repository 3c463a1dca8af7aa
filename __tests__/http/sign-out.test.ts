import { forgedAccessTokens } from '../fixtures/forged-tokens';
import { setCookiesOf } from './fixtures/browser';
import { frameworks } from './fixtures/frameworks';
import { accessCookie, guarded, HttpBench, refreshCookie } from './fixtures/http-bench';

const minute = 60_000;

describe.each(frameworks)('signOut on $name', (framework) => {
  test('A17 A30: ends the session and empties the jar, with the attributes the cookies were set with', async () => {
    const bench = new HttpBench({ framework, options: { cookies: { domain: 'example.com' } } });
    const browser = await bench.signedIn();
    const before = browser.tab();
    const answer = await browser.post('/logout').expect(200);
    expect(answer.body).toMatchObject({
      status: 'ended',
      durable: true,
      session: { reason: 'signed_out' },
      attached: false,
    });
    expect(answer.get('Cache-Control')).toBe('no-store');
    expect([...browser.cookies.values()].map(({ name }) => name)).toEqual(['__Secure-sk-device']);
    expect((await before.get('/me').expect(401)).body).toMatchObject({
      code: 'session_revoked',
      reason: 'signed_out',
    });
  });

  test('ends a bearer session and sets no cookie', async () => {
    const bench = new HttpBench({ framework });
    const { accessToken } = await bench.bearer();
    const headers = { Authorization: `Bearer ${accessToken}` };
    const answer = await bench.browser().post('/logout', headers).expect(200);
    expect(answer.get('Set-Cookie')).toBeUndefined();
    await bench.browser().get('/me', headers).expect(401);
  });

  test('A32: is 503 when the store is down, and no cookie is touched', async () => {
    const bench = new HttpBench({ framework });
    const browser = await bench.signedIn();
    for (const verb of ['find', 'revoke'] as const) {
      bench.store.failNext(verb);
      const answer = await browser.post('/logout').expect(503);
      expect(answer.get('Set-Cookie')).toBeUndefined();
    }
    await browser.post('/logout').expect(200);
  });
});

describe('signing out is accepted', () => {
  test('with an expired access token', async () => {
    const bench = new HttpBench();
    const browser = await bench.signedIn();
    browser.forget(refreshCookie);
    bench.time.advance(16 * minute);
    expect((await browser.post('/logout').expect(200)).body).toMatchObject({ session: { userId: 'alice' } });
    expect(await bench.sessions.list('alice')).toMatchObject({ data: [] });
  });

  test('with any refresh token of the session, however long spent', async () => {
    const bench = new HttpBench();
    const browser = await bench.signedIn();
    const old = browser.tab();
    for (let count = 0; count < 3; count++) {
      bench.time.advance(16 * minute);
      await browser.get('/me').expect(200);
    }
    old.forget(accessCookie);
    await old.post('/logout').expect(200);
    await browser.get('/me').expect(401);
  });

  test('with a bearer refresh token', async () => {
    const bench = new HttpBench();
    const { accessToken, refreshToken } = await bench.bearer();
    await bench
      .browser()
      .post('/logout', { Authorization: `Bearer ${refreshToken}` })
      .expect(200);
    await bench
      .browser()
      .get('/me', { Authorization: `Bearer ${accessToken}` })
      .expect(401);
  });

  test('A31: twice, without a session, and with a token that is not known', async () => {
    const bench = new HttpBench();
    const browser = await bench.signedIn();
    const again = browser.tab();
    await browser.post('/logout').expect(200);
    expect((await again.post('/logout').expect(200)).body).toMatchObject({ session: { reason: 'signed_out' } });
    expect((await bench.browser().post('/logout').expect(200)).body).toMatchObject({
      session: null,
      durable: true,
    });
    const { body } = await bench
      .browser()
      .post('/logout', { Cookie: `${accessCookie}=junk` })
      .expect(200);
    expect(body).toMatchObject({ status: 'ended', session: null });
  });
});

test('junk cookies are cleared too', async () => {
  const answer = await new HttpBench()
    .browser()
    .post('/logout', { Cookie: `${accessCookie}=junk` })
    .expect(200);
  expect(setCookiesOf(answer).map(({ attributes }) => attributes['max-age'])).toEqual(['0', '0']);
});

test('a request without our cookies is sent none', async () => {
  expect((await new HttpBench().browser().post('/logout').expect(200)).get('Set-Cookie')).toBeUndefined();
});

test('cookies of two sessions lose both: nothing stays open behind a cleared jar', async () => {
  const bench = new HttpBench();
  const alice = await bench.signedIn('user=alice');
  const bob = await bench.signedIn('user=bob');
  alice.replace(refreshCookie, bob.value(refreshCookie)!);
  await alice.post('/logout').expect(200);
  await bob.get('/me').expect(401);
  expect(await bench.sessions.list('alice')).toMatchObject({ data: [] });
});

test('A29: a forged token signs nobody out', async () => {
  const bench = new HttpBench();
  const browser = await bench.signedIn();
  const [forged] = forgedAccessTokens(browser.value(accessCookie)!, 1);
  await bench
    .browser()
    .post('/logout', { Authorization: `Bearer ${forged}` })
    .expect(200);
  await browser.get('/me').expect(200);
});

test('A42: another site signs nobody out', async () => {
  const bench = new HttpBench();
  const browser = await bench.signedIn();
  const answer = await browser.post('/logout', { 'Sec-Fetch-Site': 'cross-site' }).expect(403);
  expect(answer.body).toMatchObject({ code: 'csrf_refused' });
  expect(answer.get('Set-Cookie')).toBeUndefined();
  await browser.get('/me').expect(200);
});

test('A46: cookie and bearer token together are refused, and neither session ends', async () => {
  const bench = new HttpBench();
  const browser = await bench.signedIn();
  const { accessToken } = await bench.bearer('bob');
  await browser.post('/logout', { Authorization: `Bearer ${accessToken}` }).expect(400);
  await browser.get('/me').expect(200);
});

test('A36: a request on its way while another tab signs out brings nothing back to life', async () => {
  const bench = new HttpBench({
    routes: (app, sessions) =>
      guarded('/slow', {}, async (_req, _res, next) => {
        await sessions.revokeAll('alice', { reason: 'signed_out' });
        next();
      })(app, sessions),
  });
  const browser = await bench.signedIn();
  bench.time.advance(16 * minute);
  await browser.get('/slow').expect(200);
  expect((await browser.get('/me').expect(401)).body).toMatchObject({
    code: 'session_revoked',
    reason: 'signed_out',
  });
});
