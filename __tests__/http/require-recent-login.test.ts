import {
  confirmLogin,
  passwordChanged,
  requireRecentLogin,
  type RequireRecentLoginOptions,
  requireSession,
  type RequireSessionOptions,
  rotateTokens,
} from '../../lib';
import { problem } from '../../lib/contract/problem';
import { refusalOf } from '../fixtures/refusal-of';
import { day, hour, minute } from '../fixtures/session-record';
import { type Framework, frameworks, express5, mount } from './fixtures/frameworks';
import { HttpBench, showSession } from './fixtures/http-bench';

interface Setting extends Partial<RequireRecentLoginOptions> {
  readonly framework?: Framework;
  /** Asks for a session before; nothing does unless given. */
  readonly guard?: RequireSessionOptions;
}

/** `/transfer` wants a recent login; `/confirm`, `/promote` and `/password` give new tokens. */
function benchWith({ framework = express5, guard, ...options }: Setting = {}): HttpBench {
  return new HttpBench({
    framework,
    // The access token outlives the wish, so that the renewals in these tests are those that they ask for.
    options: { lifetimes: { accessToken: '1h', refreshToken: '30d' } },
    routes: (app, sessions) => {
      if (guard) mount(app, '/transfer', requireSession(sessions, guard));
      mount(app, '/transfer', requireRecentLogin(sessions, { within: '15m', ...options }), showSession);
      mount(app, '/confirm', requireSession(sessions), async (req, res) => {
        await confirmLogin(sessions, req, res);
        res.end();
      });
      mount(app, '/promote', requireSession(sessions), async (req, res) => {
        await rotateTokens(sessions, req, res, { methods: ['pwd'] });
        res.end();
      });
      mount(app, '/password', requireSession(sessions), async (req, res) => {
        await passwordChanged(sessions, req, res);
        res.end();
      });
    },
  });
}

const challenge = 'Bearer error="insufficient_user_authentication", max_age="900"';

describe.each(frameworks)('requireRecentLogin on $name', (framework) => {
  test('admits up to its time, and asks for a login a millisecond later', async () => {
    const bench = benchWith({ framework });
    const browser = await bench.signedIn();
    bench.time.advance(15 * minute);
    expect((await browser.get('/transfer').expect(200)).body).toMatchObject({ session: { userId: 'alice' } });
    bench.time.advance(1);
    const answer = await browser.get('/transfer').expect(401);
    expect(problem.parse(answer.body)).toMatchObject({ code: 'login_required', status: 401 });
    expect(answer.get('WWW-Authenticate')).toBe(challenge);
    expect(answer.get('Cache-Control')).toBe('no-store');
    await browser.get('/me').expect(200);
  });

  test('counts for bearer clients alike', async () => {
    const bench = benchWith({ framework });
    const headers = { Authorization: `Bearer ${(await bench.bearer()).accessToken}` };
    bench.time.advance(15 * minute);
    await bench.browser().get('/transfer', headers).expect(401);
    const fresh = { Authorization: `Bearer ${(await bench.bearer()).accessToken}` };
    await bench.browser().get('/transfer', fresh).expect(200);
  });

  test('without a guard before it admits as requireSession does: strangers, renewal, other sites', async () => {
    const bench = benchWith({ framework, within: '2h' });
    const refused = await bench.browser().get('/transfer').expect(401);
    expect(refused.get('WWW-Authenticate')).toBe('Bearer');
    const browser = await bench.signedIn();
    await browser.post('/transfer', { 'Sec-Fetch-Site': 'cross-site' }).expect(403);
    bench.time.advance(hour);
    const answer = await browser.get('/transfer').expect(200);
    expect(answer.get('Set-Cookie')).toHaveLength(2);
  });

  test('behind a guard costs no round trip', async () => {
    const bench = benchWith({ framework, guard: {} });
    const browser = await bench.signedIn();
    expect(await bench.store.callsDuring(async () => browser.get('/transfer').expect(200))).toEqual(['find']);
  });
});

test('behind a guard that counts nothing as activity, it counts nothing either', async () => {
  const bench = benchWith({ guard: { slide: false }, within: '2h' });
  const browser = await bench.signedIn();
  bench.time.advance(30 * minute);
  const calls = await bench.store.callsDuring(async () => {
    await browser.get('/transfer').expect(200);
    await bench.sessions.flush();
  });
  expect(calls).toEqual(['find']);
});

test('behind an optional guard it still wants a session', async () => {
  const bench = benchWith({ guard: { optional: true } });
  expect((await bench.browser().get('/transfer').expect(401)).body).toMatchObject({ code: 'no_session' });
});

describe('a login is made fresh', () => {
  const aged = async (query?: string) => {
    const bench = benchWith();
    const browser = await bench.signedIn(query);
    bench.time.advance(16 * minute);
    await browser.get('/transfer').expect(401);
    return { bench, browser };
  };

  test('by confirming it', async () => {
    const { browser } = await aged();
    await browser.post('/confirm').expect(200);
    await browser.get('/transfer').expect(200);
  });

  test('by signing in anew', async () => {
    const { browser } = await aged();
    await browser.post('/login').expect(200);
    await browser.get('/transfer').expect(200);
  });

  test.each([
    ['a refresh', '/api/v1/sessions/refresh'],
    ['a change of role, even one that names methods', '/promote'],
    ['a change of password', '/password'],
  ])('not by %s', async (_what, path) => {
    const { browser } = await aged();
    await browser.post(path).expect(200);
    await browser.get('/me').expect(200);
    expect((await browser.get('/transfer').expect(401)).body).toMatchObject({ code: 'login_required' });
  });

  test('not by being remembered, however often that renews the session', async () => {
    const { bench, browser } = await aged('remember');
    for (let count = 0; count < 3; count++) {
      bench.time.advance(day);
      expect((await browser.get('/me').expect(200)).get('Set-Cookie')).toHaveLength(2);
      expect((await browser.get('/transfer').expect(401)).body).toMatchObject({ code: 'login_required' });
    }
  });

  test('not by a session that another manager admitted', async () => {
    const bench = new HttpBench({
      routes: (app, sessions, self) => {
        const other = self.open({ cookies: { prefix: 'other' }, requestProperty: 'otherSession' });
        mount(app, '/both', requireSession(sessions), requireRecentLogin(other, { within: '1h' }), showSession);
      },
    });
    const browser = await bench.signedIn();
    expect((await browser.get('/both').expect(401)).body).toMatchObject({ code: 'no_session' });
  });
});

describe('refusing', () => {
  const page = { Accept: 'text/html', 'Sec-Fetch-Mode': 'navigate' };

  test('loginUrl sends pages there, strangers and old logins alike, and scripts get the problem', async () => {
    const bench = benchWith({ loginUrl: '/confirm-login' });
    const browser = await bench.signedIn();
    bench.time.advance(16 * minute);
    for (const client of [browser, bench.browser()]) {
      const answer = await client.get('/transfer?to=bob', page).expect(303);
      expect(answer.get('Location')).toBe('/confirm-login?returnTo=%2Ftransfer%3Fto%3Dbob');
      await client.get('/transfer').expect(401);
      await client.post('/transfer', page).expect(401);
    }
  });

  test('onDenied answers in its place; what it throws goes to next', async () => {
    const bench = benchWith({
      onDenied: (_req, res, _next, error) => {
        if (error.code === 'no_session') throw new Error('nobody there');
        res.end(error.code);
      },
    });
    const browser = await bench.signedIn();
    bench.time.advance(16 * minute);
    expect((await browser.get('/transfer').expect(200)).text).toBe('login_required');
    expect((await bench.browser().get('/transfer').expect(500)).text).toBe('unhandled: nobody there');
  });

  test('a store that does not answer is 503, no refusal', async () => {
    const onDenied = jest.fn();
    const bench = benchWith({ onDenied });
    const browser = await bench.signedIn();
    bench.store.failNext('find');
    expect((await browser.get('/transfer').expect(503)).body).toMatchObject({ code: 'store_unavailable' });
    expect(onDenied).not.toHaveBeenCalled();
  });

  test('a time in parts of a second asks for no more than whole ones', async () => {
    const bench = benchWith({ within: '1999ms' });
    const browser = await bench.signedIn();
    bench.time.advance(1_999);
    await browser.get('/transfer').expect(200);
    bench.time.advance(1);
    expect((await browser.get('/transfer').expect(401)).get('WWW-Authenticate')).toContain('max_age="1"');
  });
});

test.each([
  [undefined, "requireRecentLogin.within: expected a duration such as '15m', got undefined"],
  [{}, "requireRecentLogin.within: expected a duration such as '15m', got undefined"],
  [
    { within: 900 },
    "requireRecentLogin.within: expected a duration such as '15m', got 900 (did you mean '900ms', '900s' or '900m'?)",
  ],
  [{ within: '999ms' }, "requireRecentLogin.within: expected at least 1 second, got '999ms'"],
  [{ within: '0s' }, "requireRecentLogin.within: expected at least 1 second, got '0s'"],
  [{ witin: '15m' }, "requireRecentLogin.witin: unknown option; did you mean 'within'?"],
  [{ within: '15m', onDenied: true }, 'requireRecentLogin.onDenied: expected a function, got true'],
  [
    { within: '15m', loginUrl: 'login' },
    "requireRecentLogin.loginUrl: expected a path such as '/login' or an http(s) URL, without a fragment, got 'login'",
  ],
])('%j is refused, with the fix', (options, message) => {
  const { sessions } = new HttpBench();
  const error = refusalOf(() => requireRecentLogin(sessions, options as never));
  expect(error).toMatchObject({ code: 'options_invalid', message });
});

test('a second is enough, and options that change later change nothing', async () => {
  const options = { within: '1s' as const };
  const bench = new HttpBench({
    routes: (app, sessions) => {
      mount(app, '/transfer', requireRecentLogin(sessions, options), showSession);
      Object.assign(options, { within: '1h' });
    },
  });
  const browser = await bench.signedIn();
  bench.time.advance(1_001);
  await browser.get('/transfer').expect(401);
});
