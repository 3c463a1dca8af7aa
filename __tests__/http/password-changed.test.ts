import { findSession, type ManagerOptions, passwordChanged, requireSession } from '../../lib';
import { listenTo, namesOf } from '../fixtures/session-bench';
import { waitUntil } from '../harness/wait-until';
import { frameworks, type Framework, mount } from './fixtures/frameworks';
import { HttpBench, parameters } from './fixtures/http-bench';

function benchOn(framework?: Framework, options: ManagerOptions = {}): HttpBench {
  return new HttpBench({
    ...(framework && { framework }),
    options,
    routes: (app, sessions) => {
      mount(app, '/password', requireSession(sessions, { optional: true }), async (req, res) => {
        const given = parameters(req);
        const userId = given.get('user');
        const outcome = await passwordChanged(sessions, req, res, {
          ...(userId !== null && { userId }),
          ...(given.has('everywhere') && { keepCurrent: false }),
        });
        res.end(JSON.stringify({ ...outcome, attached: findSession(req)?.userId ?? null }));
      });
    },
  });
}

describe.each(frameworks)('passwordChanged on $name', (framework) => {
  test('A34: ends the other sessions and keeps this one, with new tokens', async () => {
    const bench = benchOn(framework);
    const [browser, other] = [await bench.signedIn(), await bench.signedIn()];
    const stolen = browser.tab();
    const { text } = await browser.post('/password').expect(200);
    expect(JSON.parse(text)).toMatchObject({
      status: 'ended',
      count: 1,
      durable: true,
      session: { userId: 'alice' },
      attached: 'alice',
    });
    expect(text).not.toMatch(/s[ar]t_/);
    expect((await other.get('/me').expect(401)).body).toMatchObject({ reason: 'password_changed' });
    await stolen.get('/me').expect(401);
    await browser.get('/me').expect(200);
  });

  test('gives bearer handlers the kept session’s tokens', async () => {
    const bench = benchOn(framework);
    const { accessToken } = await bench.bearer();
    const answer = await bench
      .browser()
      .post('/password', { Authorization: `Bearer ${accessToken}` })
      .expect(200);
    expect(answer.get('Set-Cookie')).toBeUndefined();
    const { tokens } = JSON.parse(answer.text) as { tokens: { accessToken: string } };
    await bench
      .browser()
      .get('/me', { Authorization: `Bearer ${tokens.accessToken}` })
      .expect(200);
    await bench
      .browser()
      .get('/me', { Authorization: `Bearer ${accessToken}` })
      .expect(401);
  });

  test('keepCurrent: false ends this one too, and clears its cookies', async () => {
    const bench = benchOn(framework);
    const browser = await bench.signedIn();
    const before = browser.tab();
    const { text } = await browser.post('/password?everywhere').expect(200);
    expect(JSON.parse(text)).toMatchObject({ count: 1, session: null, attached: null });
    expect(browser.tokenCookies()).toEqual([]);
    await before.get('/me').expect(401);
  });

  test('the store down: 503 sessions_not_revoked, no cookie touched', async () => {
    const bench = benchOn(framework);
    const browser = await bench.signedIn();
    bench.store.failNext('revokeAll');
    const answer = await browser.post('/password').expect(503);
    expect(answer.body).toMatchObject({ code: 'sessions_not_revoked' });
    expect(answer.get('Set-Cookie')).toBeUndefined();
    expect(answer.get('Retry-After')).toMatch(/^\d+$/);
    await bench.sessions.close();
  });
});

describe('while the store is down', () => {
  /** Two sessions, and a change of password that the store did not hear of at first. */
  async function missed(options: ManagerOptions = {}) {
    const bench = benchOn(undefined, options);
    const [browser, other] = [await bench.signedIn(), await bench.signedIn()];
    const { refreshToken } = await bench.bearer();
    const heard = listenTo(bench.sessions);
    bench.time.advance(1);
    return { bench, browser, other, refreshToken, heard };
  }

  test('A34: the background ends all of them once it is back, this one too, and tells of each try', async () => {
    const { bench, browser, other, heard } = await missed();
    bench.store.failNext('revokeAll', 2);
    await browser.post('/password').expect(503);
    await waitUntil('they have ended', () => namesOf(heard).includes('sessions.ended'));
    expect(heard.slice(-2)).toMatchObject([
      { name: 'background.failed', event: { operation: 'revoke-all', final: false } },
      { name: 'sessions.ended', event: { userId: 'alice', count: 3, reason: 'password_changed' } },
    ]);
    for (const one of [browser, other]) {
      expect((await one.get('/me').expect(401)).body).toMatchObject({ reason: 'password_changed' });
    }
  });

  test('A34: credentialsChangedAt ends them at renewal, though the process died before the store came back', async () => {
    const changed: { at: number | null } = { at: null };
    const { bench, browser, other, refreshToken } = await missed({ credentialsChangedAt: () => changed.at });
    changed.at = await bench.sessions.now();
    bench.store.failNext('revokeAll', 1_000);
    await browser.post('/password').expect(503);
    const ended = { code: 'session_revoked', reason: 'password_changed' };
    bench.time.advance(16 * 60_000);
    expect((await other.get('/me').expect(401)).body).toMatchObject(ended);
    expect((await browser.post('/api/v1/sessions/refresh').expect(401)).body).toMatchObject(ended);
    const refresh = bench.browser().post('/api/v1/sessions/refresh');
    expect((await refresh.send({ refreshToken }).expect(401)).body).toMatchObject(ended);
    await bench.sessions.close();
  });
});

test('a reset by mail has no session, and ends all of them', async () => {
  const bench = benchOn();
  const browser = await bench.signedIn();
  const { text } = await bench.browser().post('/password?user=alice').expect(200);
  expect(JSON.parse(text)).toMatchObject({ count: 1, session: null });
  await browser.get('/me').expect(401);
});

test("whoever changes another user's password keeps their own session and cookies", async () => {
  const bench = benchOn();
  const [admin, alice] = [await bench.signedIn('user=admin'), await bench.signedIn()];
  for (const path of ['/password?user=alice', '/password?user=alice&everywhere']) {
    const answer = await admin.post(path).expect(200);
    expect(answer.get('Set-Cookie')).toBeUndefined();
    expect(JSON.parse(answer.text)).toMatchObject({ session: null, attached: 'admin' });
  }
  await admin.get('/me').expect(200);
  await alice.get('/me').expect(401);
});

test('with neither a session nor a userId it refuses', async () => {
  const bench = benchOn();
  expect((await bench.browser().post('/password').expect(401)).body).toMatchObject({ code: 'no_session' });
});

test('a session that ended meanwhile is not kept, and its cookies stay for sign-out to clear', async () => {
  const bench = new HttpBench({
    routes: (app, sessions) =>
      mount(app, '/password', requireSession(sessions), async (req, res) => {
        await sessions.revokeAll('alice');
        const { session } = await passwordChanged(sessions, req, res);
        res.end(JSON.stringify({ session, attached: findSession(req) ?? null }));
      }),
  });
  const browser = await bench.signedIn();
  const answer = await browser.post('/password').expect(200);
  expect(JSON.parse(answer.text)).toEqual({ session: null, attached: null });
  expect(answer.get('Set-Cookie')).toBeUndefined();
});

test.each(['cookie', 'bearer'])(
  'a %s request that another change of password has overtaken gets no new tokens, and the session ends',
  async (transport) => {
    const bench: HttpBench = new HttpBench({
      routes: (app, sessions) => {
        mount(app, '/password', requireSession(sessions), async (req, res) => {
          res.end((await passwordChanged(sessions, req, res)).tokens?.accessToken);
        });
        mount(app, '/parked', requireSession(sessions), async (req, res) => {
          await overtake();
          bench.time.advance(1000);
          const { session, tokens } = await passwordChanged(sessions, req, res);
          res.end(JSON.stringify({ session, tokens: tokens ?? null, attached: findSession(req) ?? null }));
        });
      },
    });
    const cookies = transport === 'cookie';
    const browser = cookies ? await bench.signedIn() : bench.browser();
    const headers = cookies ? {} : { Authorization: `Bearer ${(await bench.bearer()).accessToken}` };
    const thief = browser.tab();
    let kept = '';
    const overtake = async (): Promise<unknown> =>
      (kept = (await browser.post('/password', headers).expect(200)).text);
    const answer = await thief.post('/parked', headers).expect(200);
    expect(JSON.parse(answer.text)).toEqual({ session: null, tokens: null, attached: null });
    expect(answer.get('Set-Cookie')).toBeUndefined();
    const changed = cookies ? {} : { Authorization: `Bearer ${kept}` };
    expect((await browser.get('/me', changed).expect(401)).body).toMatchObject({ reason: 'password_changed' });
  },
);
