import { impersonate, requireSession } from '../../lib';
import { support, reason } from '../fixtures/impersonations';
import { rejectionOf } from '../fixtures/refusal-of';
import { setCookiesOf } from './fixtures/browser';
import { frameworks, mount } from './fixtures/frameworks';
import { accessCookie, HttpBench, refreshCookie } from './fixtures/http-bench';
import { ImpersonationBench } from './fixtures/impersonation-bench';

const elsewhere = { 'Sec-Fetch-Site': 'cross-site' };

describe.each(frameworks)('impersonate on $name', (framework) => {
  test('A75 A13 signs the administrator’s browser in as the user, with one cookie and no token in the answer', async () => {
    const bench = new ImpersonationBench({ framework });
    const browser = await bench.signedIn('user=root&remember');
    const answer = await browser.post('/act?user=alice').expect(200);
    const [access, refresh] = setCookiesOf(answer).sort((one, other) => (one.name < other.name ? -1 : 1));
    expect(access).toMatchObject({ name: accessCookie, attributes: { httponly: true, secure: true, path: '/' } });
    expect(access?.attributes).not.toHaveProperty('max-age');
    expect(refresh).toMatchObject({ name: refreshCookie, value: '', attributes: { 'max-age': '0' } });
    expect(answer.text).not.toMatch(/s[ar]t_/);
    expect(answer.get('Cache-Control')).toBe('no-store');
    expect(browser.tokenCookies()).toEqual([accessCookie]);
    expect((await browser.get('/me').expect(200)).body).toMatchObject({
      session: { userId: 'alice', actor: { id: 'support-7', reason } },
    });
  });

  test('beside cookies of the administrators’ app, these stay as they are', async () => {
    const bench = new ImpersonationBench({ framework });
    const { tokens } = await staffOf(bench);
    const browser = bench.browser();
    const cookies = [`__Host-desk-access=${tokens.accessToken}`, `__Host-desk-refresh=${tokens.refreshToken}`];
    const answer = await browser.post('/desk/act?user=alice', { Cookie: cookies.join('; ') }).expect(200);
    expect(setCookiesOf(answer).map(({ name }) => name)).toEqual([accessCookie]);
    await browser.get('/desk/me', { Cookie: cookies.join('; ') }).expect(200);
    expect((await browser.get('/me').expect(200)).body).toMatchObject({ session: { userId: 'alice' } });
    await browser.post('/leave').expect(200);
    await browser.get('/desk/me', { Cookie: cookies.join('; ') }).expect(200);
  });

  test('A75 ends the impersonation whose cookie it takes over, and no session of the user’s own', async () => {
    const bench = new ImpersonationBench({ framework });
    const { tokens } = await staffOf(bench);
    const browser = await bench.signedIn('user=carol');
    for (const user of ['alice', 'bob']) {
      const Cookie = `${browser.cookieHeader()}; __Host-desk-access=${tokens.accessToken}`;
      await browser.post(`/desk/act?user=${user}`, { Cookie }).expect(200);
    }
    expect((await browser.get('/me').expect(200)).body).toMatchObject({ session: { userId: 'bob' } });
    expect((await bench.sessions.list('alice', { include: 'ended' })).data).toMatchObject([
      { reason: 'impersonation_stopped' },
    ]);
    expect((await bench.sessions.list('carol')).data).toHaveLength(1);
  });

  test('A32 begins nothing where the one before cannot be ended', async () => {
    const bench = new ImpersonationBench({ framework });
    const { tokens } = await staffOf(bench);
    const browser = bench.browser();
    const act = (user: string) => {
      const Cookie = `${browser.cookieHeader()}; __Host-desk-access=${tokens.accessToken}`;
      return browser.post(`/desk/act?user=${user}`, { Cookie });
    };
    await act('alice').expect(200);
    bench.store.failNext('revoke');
    await act('bob').expect(503);
    expect((await bench.sessions.list('bob')).data).toEqual([]);
    expect((await browser.get('/me').expect(200)).body).toMatchObject({ session: { userId: 'alice' } });
  });

  test('A13 as bearer it gives an access token alone, and sets no cookie', async () => {
    const bench = new ImpersonationBench({ framework });
    const { acting, own, tokens } = await bench.actingBearer();
    expect(Object.keys(tokens).sort()).toEqual(['accessExpiresAt', 'accessToken']);
    const session = { session: { userId: 'alice', actor: { id: 'support-7' } } };
    expect((await bench.browser().get('/me', acting).expect(200)).body).toMatchObject(session);
    const answer = await bench.browser().post('/act?user=bob&transport=bearer', own).expect(200);
    expect(answer.get('Set-Cookie')).toBeUndefined();
    expect(answer.get('Cache-Control')).toBe('no-store');
  });

  test('A76 ends with the administrator’s session, also where the handler does not name it', async () => {
    const bench = new ImpersonationBench({ framework });
    const { acting, own } = await bench.actingBearer();
    await bench.browser().get('/me', acting).expect(200);
    await bench.browser().post('/logout', own).expect(200);
    const answer = await bench.browser().get('/me', acting).expect(401);
    expect(answer.body).toMatchObject({ code: 'session_revoked', reason: 'impersonator_signed_out' });
  });

  test('A76 is refused to whoever acts as someone else already', async () => {
    const bench = new ImpersonationBench({ framework });
    const browser = await bench.acting();
    const { acting } = await bench.actingBearer();
    for (const refused of [browser.post('/act?user=bob'), bench.browser().post('/act?user=bob', acting)]) {
      expect((await refused.expect(403)).body).toMatchObject({ code: 'forbidden_while_impersonating' });
    }
    expect((await bench.sessions.list('bob')).data).toEqual([]);
  });

  test('A42 begins for no other site’s page, and leaves the cookies alone', async () => {
    const bench = new ImpersonationBench({ framework });
    const browser = bench.browser();
    const answer = await browser.post('/act?user=alice', elsewhere).expect(403);
    expect(answer.body).toMatchObject({ code: 'csrf_refused' });
    expect(answer.get('Set-Cookie')).toBeUndefined();
    expect((await bench.sessions.list('alice')).data).toEqual([]);
  });
});

describe.each(frameworks)('stopImpersonating on $name', (framework) => {
  const paths = ['/leave', '/leave-unguarded'];

  test.each(paths)('A75 ends the impersonation and clears its cookies, at %s', async (path) => {
    const bench = new ImpersonationBench({ framework });
    const own = await bench.signedIn();
    const browser = await bench.acting();
    const tab = browser.tab();
    expect(JSON.parse((await browser.post(path).expect(200)).text)).toMatchObject({
      status: 'ended',
      session: { reason: 'impersonation_stopped' },
      durable: true,
    });
    expect(browser.tokenCookies()).toEqual([]);
    expect((await tab.get('/me').expect(401)).body).toMatchObject({ reason: 'impersonation_stopped' });
    await own.get('/me').expect(200);
    const [entry] = (await bench.sessions.history('alice')).data;
    expect(entry).toMatchObject({ actor: { type: 'impersonator', id: 'support-7' } });
  });

  test.each(paths)('a bearer client’s ends as well, and the administrator goes on, at %s', async (path) => {
    const bench = new ImpersonationBench({ framework });
    const { acting, own } = await bench.actingBearer();
    const answer = await bench.browser().post(path, acting).expect(200);
    expect(answer.get('Set-Cookie')).toBeUndefined();
    await bench.browser().get('/me', acting).expect(401);
    expect((await bench.browser().get('/me', own).expect(200)).body).toMatchObject({ session: { userId: 'root' } });
  });

  test('twice, from two tabs at once, ends it once, and both lose their cookies', async () => {
    const bench = new ImpersonationBench({ framework });
    const browser = await bench.acting();
    const tab = browser.tab();
    const answers = await Promise.all([browser, tab].map((one) => one.post('/leave-unguarded').expect(200)));
    for (const { text } of answers) expect(JSON.parse(text)).toMatchObject({ status: 'ended' });
    for (const one of [browser, tab]) expect(one.tokenCookies()).toEqual([]);
    const { data } = await bench.sessions.history('alice');
    expect(data.map(({ event }) => event)).toEqual(['session_revoked', 'impersonation_started']);
  });

  test('A28 one that is over already loses its cookies, and any other session keeps them', async () => {
    const bench = new ImpersonationBench({ framework });
    const browser = await bench.acting();
    await bench.sessions.revokeAll('root');
    const answer = await browser.post('/leave-unguarded').expect(200);
    expect(JSON.parse(answer.text)).toEqual({ status: 'ended', session: null, durable: true });
    expect(browser.tokenCookies()).toEqual([]);
    const own = await bench.signedIn();
    for (const path of paths) {
      const refused = await own.post(path).expect(200);
      expect(JSON.parse(refused.text)).toEqual({ status: 'not-found' });
      expect(refused.get('Set-Cookie')).toBeUndefined();
    }
    await own.get('/me').expect(200);
    expect(JSON.parse((await bench.browser().post('/leave-unguarded').expect(200)).text)).toEqual({
      status: 'not-found',
    });
  });

  test.each(paths)('A42 ends for no other site’s page, at %s', async (path) => {
    const bench = new ImpersonationBench({ framework });
    const browser = await bench.acting();
    const answer = await browser.post(path, elsewhere).expect(403);
    expect(answer.get('Set-Cookie')).toBeUndefined();
    await browser.get('/me').expect(200);
  });

  test('A32 is 503 where the store does not answer, and touches no cookie', async () => {
    const bench = new ImpersonationBench({ framework });
    const browser = await bench.acting();
    bench.store.failNext('revoke');
    const answer = await browser.post('/leave').expect(503);
    expect(answer.get('Set-Cookie')).toBeUndefined();
    await browser.get('/me').expect(200);
  });
});

test('A76 what the manager refuses goes to the handler: scope, reason, protected and unknown users', async () => {
  const protectedUsers: Record<string, boolean | null> = { root: false, nobody: null };
  const bench = new HttpBench({
    options: {
      impersonation: {
        mayImpersonate: ({ userId }) => (userId in protectedUsers ? protectedUsers[userId]! : true),
      },
    },
    routes: (app, sessions) => {
      mount(app, '/try', async (req, res) => {
        const input = JSON.parse(String(req.headers['x-input'])) as object;
        const outcome = await impersonate(sessions, req, res, {
          actor: support,
          userId: 'alice',
          reason,
          ...input,
        });
        res.end(JSON.stringify({ status: outcome.status, code: 'error' in outcome ? outcome.error.code : null }));
      });
    },
  });
  const attempt = async (input: object): Promise<unknown> => {
    const answer = await bench.browser().post('/try', { 'X-Input': JSON.stringify(input) });
    expect(answer.get('Set-Cookie')).toBeUndefined();
    return answer.status === 200 ? JSON.parse(answer.text) : answer.body;
  };
  expect(await attempt({ userId: 'root' })).toEqual({ status: 'forbidden', code: 'impersonation_refused' });
  expect(await attempt({ userId: 'nobody' })).toEqual({ status: 'not-found', code: 'not_found' });
  const actor = { id: 'support-7', scopes: ['users:read'] };
  expect(await attempt({ actor })).toEqual({ status: 'forbidden', code: 'insufficient_scope' });
  expect(await attempt({ reason: ' ' })).toMatchObject({ code: 'request_invalid', field: 'reason' });
  expect(await attempt({ transport: 'url' })).toMatchObject({ code: 'request_invalid', field: 'transport' });
  expect((await bench.sessions.list('alice')).data).toEqual([]);
});

test('A36 a request under way when the administrator signs out is the last one that passes', async () => {
  const bench = new ImpersonationBench({
    routes: (app, sessions) => {
      mount(app, '/slow', async (_req, res) => {
        await sessions.revokeAll('root');
        res.end();
      });
    },
  });
  const { acting } = await bench.actingBearer();
  await bench.browser().get('/slow', acting).expect(200);
  await bench.browser().get('/me', acting).expect(401);
});

test('the store’s answer lost: nobody is signed in, and no cookie is touched', async () => {
  const bench = new ImpersonationBench();
  const browser = await bench.signedIn('user=root');
  bench.store.failNext('create');
  const answer = await browser.post('/act?user=alice').expect(503);
  expect(answer.get('Set-Cookie')).toBeUndefined();
  expect((await browser.get('/me').expect(200)).body).toMatchObject({ session: { userId: 'root' } });
});

async function staffOf(bench: ImpersonationBench) {
  const outcome = await bench.desk.create({ userId: 'root' });
  if (outcome.status !== 'created') throw new Error(outcome.status);
  return outcome;
}

test('an input that is none is a fault of the app’s', async () => {
  const { sessions } = new HttpBench();
  const error = await rejectionOf(sessions.impersonation.start(undefined as never));
  expect(error).toMatchObject({ code: 'options_invalid' });
});

test('A76 is refused within an impersonated session, whatever session the handler names', async () => {
  let sessionId = '';
  const bench = new ImpersonationBench({
    routes: (app, sessions) => {
      mount(app, '/swap', requireSession(sessions), async (req, res, next) => {
        const outcome = await impersonate(sessions, req, res, {
          actor: { ...support, sessionId },
          userId: 'bob',
          reason,
        });
        return next('error' in outcome ? outcome.error : undefined);
      });
    },
  });
  const browser = await bench.acting();
  sessionId = (await bench.sessions.list('root')).data[0]!.id;
  expect((await browser.post('/swap').expect(403)).body).toMatchObject({ code: 'forbidden_while_impersonating' });
  expect((await bench.sessions.list('bob')).data).toEqual([]);
});
