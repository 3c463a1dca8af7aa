import { getSession, MemoryStore, SessionManager, signIn } from '../../lib';
import { rejectionOf } from '../fixtures/refusal-of';
import { setCookiesOf } from './fixtures/browser';
import { frameworks, mount, type TestApp } from './fixtures/frameworks';
import { accessCookie, deviceCookie, HttpBench, refreshCookie } from './fixtures/http-bench';

describe.each(frameworks)('signIn on $name', (framework) => {
  test('sets the cookies of the new session, and puts it on the request', async () => {
    const bench = new HttpBench({ framework });
    const browser = bench.browser();
    const { body } = await browser.post('/login?user=alice').expect(200);
    expect(body).toMatchObject({ status: 'created', attached: true, session: { userId: 'alice', current: true } });
    await browser.get('/me').expect(200);
  });

  test('A13: gives no token to the handler in cookie mode, so none can slip into a body', async () => {
    const { body } = await new HttpBench({ framework }).browser().post('/login').expect(200);
    expect(body).not.toHaveProperty('tokens');
  });

  test('as bearer sets no cookie and gives the tokens, on an answer that no cache keeps', async () => {
    const answer = await new HttpBench({ framework }).browser().post('/login?transport=bearer').expect(200);
    expect(answer.get('Set-Cookie')).toBeUndefined();
    expect(answer.get('Cache-Control')).toBe('no-store');
    expect(answer.body).toMatchObject({
      tokens: {
        accessToken: expect.stringMatching(/^sat_/) as string,
        refreshToken: expect.stringMatching(/^srt_/) as string,
        accessExpiresAt: expect.stringMatching(/Z$/) as string,
        refreshExpiresAt: expect.stringMatching(/Z$/) as string,
      },
    });
  });

  test('A42: another site cannot sign a browser in', async () => {
    const bench = new HttpBench({ framework });
    const answer = await bench.browser().post('/login', { 'Sec-Fetch-Site': 'cross-site' }).expect(403);
    expect(answer.body).toMatchObject({ code: 'csrf_refused' });
    expect(answer.get('Set-Cookie')).toBeUndefined();
    expect(bench.store.calls).toEqual([]);
  });

  test('B10: leaves every cookie alone when the store is down', async () => {
    const bench = new HttpBench({ framework });
    const browser = await bench.signedIn();
    bench.store.failNext('create');
    const answer = await browser.post('/login').expect(503);
    expect(answer.body).toMatchObject({ code: 'store_unavailable' });
    expect(answer.get('Set-Cookie')).toBeUndefined();
    await browser.get('/me').expect(200);
  });
});

describe('the session that a sign-in takes over from', () => {
  test('of the same user ends with it, in one step', async () => {
    const bench = new HttpBench();
    const browser = await bench.signedIn();
    const before = browser.tab();
    const calls = await bench.store.callsDuring(async () => {
      const { body } = await browser.post('/login').expect(200);
      expect(body).toMatchObject({ ended: [{ userId: 'alice', reason: 'replaced' }] });
    });
    expect(calls).toEqual(['create']);
    expect((await before.get('/me').expect(401)).body).toMatchObject({ reason: 'replaced' });
  });

  test('of another user ends as well', async () => {
    const bench = new HttpBench();
    const browser = await bench.signedIn('user=alice');
    const before = browser.tab();
    await browser.post('/login?user=bob').expect(200);
    expect((await before.get('/me').expect(401)).body).toMatchObject({ reason: 'replaced' });
    expect((await browser.get('/me')).body).toMatchObject({ session: { userId: 'bob' } });
  });

  test('ends even where its access token has run out', async () => {
    const bench = new HttpBench();
    const browser = await bench.signedIn();
    bench.time.advance(16 * 60_000);
    await browser.post('/login').expect(200);
    expect((await bench.sessions.list('alice')).data).toHaveLength(1);
  });

  test('stays where the sign-in is for a bearer client', async () => {
    const bench = new HttpBench();
    const browser = await bench.signedIn();
    await browser.post('/login?transport=bearer').expect(200);
    await browser.get('/me').expect(200);
  });
});

test('a refresh cookie of the session before does not outlast it where the new one has none', async () => {
  const bench = new HttpBench({
    routes: (app, sessions) =>
      mount(app, '/short', async (req, res) => {
        const lifetimes = { refreshToken: false } as const;
        await signIn(sessions, req, res, { userId: 'bob', lifetimes, startedAt: await sessions.now() });
        res.end();
      }),
  });
  const browser = await bench.signedIn('user=alice');
  await browser.post('/short').expect(200);
  expect([...browser.cookies.values()].map(({ name }) => name).sort()).toEqual([accessCookie, deviceCookie]);
});

test('C-fixation: a planted cookie is worth nothing after the sign-in', async () => {
  const bench = new HttpBench();
  const attacker = await bench.signedIn('user=mallory');
  const planted = attacker.tab();
  const { body } = await planted.post('/login?user=alice').expect(200);
  expect(planted.value(accessCookie)).not.toBe(attacker.value(accessCookie));
  expect(body).toMatchObject({ session: { userId: 'alice' } });
  await attacker.get('/me').expect(401);
});

test('A14: a cookie sent twice is refused before anything happens', async () => {
  const bench = new HttpBench();
  const answer = await bench
    .browser()
    .post('/login', { Cookie: `${refreshCookie}=a; ${refreshCookie}=b` })
    .expect(400);
  expect(answer.body).toMatchObject({ code: 'credentials_conflict' });
  expect(bench.store.calls).toEqual([]);
});

describe('cross-site callbacks', () => {
  test('csrf: false lets one in that checks a state of its own', async () => {
    const bench = new HttpBench();
    const headers = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://idp.example' };
    await bench.browser().post('/login?anywhere', headers).expect(200);
  });

  test('a client without cookies needs no header at all', async () => {
    const browser = new HttpBench().browser();
    delete browser.headers['Sec-Fetch-Site'];
    await browser.post('/login').expect(200);
  });

  test('a bearer sign-in is not judged', async () => {
    await new HttpBench().browser().post('/login?transport=bearer', { 'Sec-Fetch-Site': 'cross-site' }).expect(200);
  });
});

test('a sign-in that began before the sessions were ended is stale, and sets no cookie', async () => {
  const bench = new HttpBench({
    routes: (app: TestApp, sessions) =>
      mount(app, '/slow-login', async (req, res, next) => {
        const startedAt = await sessions.now();
        await sessions.revokeAll('alice', { reason: 'password_changed' });
        const outcome = await signIn(sessions, req, res, { userId: 'alice', startedAt });
        if (outcome.status !== 'created') next(outcome.error);
      }),
  });
  const answer = await bench.browser().post('/slow-login').expect(409);
  expect(answer.body).toMatchObject({ code: 'stale_sign_in' });
  expect(answer.get('Set-Cookie')).toBeUndefined();
});

test.each([null, undefined, false, true])(
  'remember: %s as a client sends it is taken as it is meant',
  async (remember) => {
    const bench = new HttpBench({
      routes: (app, sessions) =>
        mount(app, '/box', async (req, res) => {
          const input = { userId: 'alice', startedAt: await sessions.now() };
          const outcome = await signIn(sessions, req, res, {
            ...input,
            ...(remember !== undefined && { remember }),
          });
          res.end(JSON.stringify(outcome));
        }),
    });
    const { text } = await bench.browser().post('/box').expect(200);
    expect(JSON.parse(text)).toMatchObject({ status: 'created', session: { remember: remember === true } });
  },
);

describe('an input that cannot be used', () => {
  const attempt = (input: Record<string, unknown>): Promise<unknown> => {
    const sessions = new SessionManager({ store: new MemoryStore() });
    const req = { method: 'POST', headers: {}, rawHeaders: [], socket: {} };
    return signIn(sessions, req as never, { setHeader: () => undefined } as never, input as never);
  };

  test.each([
    ['transport', { userId: 'a', transport: 'header' }],
    ['userId', { userId: '' }],
    ['userId', { userId: 'x'.repeat(10_240) }],
    ['userId', { userId: undefined }],
    ['remember', { userId: 'a', remember: 'yes' }],
  ])('is refused by its %s', async (field, input) => {
    expect(await rejectionOf(attempt({ startedAt: 1, ...input }))).toMatchObject({
      code: 'request_invalid',
      field,
    });
  });

  test('A59: hostile user ids are only ids', async () => {
    const bench = new HttpBench();
    for (const userId of [':{}*', 'a\nb', 'a\0b', '__proto__', '../..', '{alice}']) {
      const browser = await bench.signedIn(`user=${encodeURIComponent(userId)}`);
      expect((await browser.get('/me')).body).toMatchObject({ session: { userId } });
      expect((await bench.sessions.list(userId)).data).toHaveLength(1);
    }
  });
});

describe('warnings', () => {
  let warnings: jest.SpyInstance;
  beforeEach(() => (warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined)));
  afterEach(() => warnings.mockRestore());

  const codes = (): unknown[] => warnings.mock.calls.map(([, options]) => (options as { code: string }).code);

  test('a sign-in without startedAt is told the fix, once', async () => {
    const bench = new HttpBench({
      routes: (app, sessions) =>
        mount(app, '/unordered', async (req, res) => {
          await signIn(sessions, req, res, { userId: 'alice' });
          res.end();
        }),
    });
    for (let count = 0; count < 3; count++) await bench.browser().post('/unordered').expect(200);
    expect(codes()).toEqual(['SESSIONKEEPER_STARTED_AT']);
    const fix = expect.stringContaining('const startedAt = await sessions.now()') as string;
    expect(warnings).toHaveBeenCalledWith(fix, expect.anything());
  });

  test('a Secure cookie on plain http is told, once', async () => {
    const bench = new HttpBench();
    for (let count = 0; count < 3; count++) {
      const browser = bench.browser();
      delete browser.headers['X-Forwarded-Proto'];
      await browser.post('/login').expect(200);
    }
    expect(codes()).toEqual(['SESSIONKEEPER_INSECURE_COOKIE']);
  });
});

test('A65: nothing that is logged of a request holds a token that it did not come with', async () => {
  const { inspect } = await import('node:util');
  let logged = '';
  const bench = new HttpBench({
    routes: (app, sessions) =>
      mount(app, '/logged', async (req, res) => {
        await signIn(sessions, req, res, { userId: 'alice', startedAt: await sessions.now() });
        logged = inspect(req, { depth: 6, showHidden: true }) + JSON.stringify(getSession(req));
        res.end();
      }),
  });
  await bench.browser().post('/logged').expect(200);
  expect(logged).toContain('alice');
  expect(logged).not.toMatch(/s[ar]t_[\w-]{20}/);
});

test('sign-in sets cookies that a jar keeps as they are', async () => {
  const bench = new HttpBench();
  const browser = bench.browser();
  const answer = await browser.post('/login').expect(200);
  for (const { name, value } of setCookiesOf(answer)) expect(browser.value(name)).toBe(value);
});
