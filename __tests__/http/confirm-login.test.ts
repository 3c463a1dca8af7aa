import {
  confirmLogin,
  type ConfirmLoginInput,
  getSession,
  loginGuard,
  passwordChanged,
  requireRecentLogin,
  requireSession,
  type SessionManager,
} from '../../lib';
import { oneSession } from '../../lib/contract/one-session';
import { minute } from '../fixtures/session-record';
import { type Browser, setCookiesOf } from './fixtures/browser';
import { express5, type Framework, frameworks, type Handler, mount } from './fixtures/frameworks';
import { accessCookie, HttpBench, parameters, refreshCookie, showSession } from './fixtures/http-bench';

/** What a test does while a request to `/confirm` is under way. */
let meanwhile: () => Promise<unknown>;

beforeEach(() => {
  meanwhile = () => Promise.resolve();
});

function confirm(sessions: SessionManager): Handler {
  return async (req, res, next) => {
    await meanwhile();
    const methods = parameters(req).get('methods')?.split(',');
    const outcome = await confirmLogin(sessions, req, res, methods && { methods });
    if (outcome.status !== 'reissued') return next(outcome.error);
    res.end(JSON.stringify({ ...outcome, attached: getSession(req).authenticatedAt }));
  };
}

function benchOn(framework: Framework = express5): HttpBench {
  return new HttpBench({
    framework,
    options: { lifetimes: { accessToken: '1h', refreshToken: '2h', idle: '90m', absolute: '8h' } },
    routes: (app, sessions) => {
      mount(app, '/confirm', requireSession(sessions), confirm(sessions));
      mount(app, '/bare', confirm(sessions));
      mount(app, '/transfer', requireRecentLogin(sessions, { within: '15m' }), showSession);
      mount(app, '/password', requireSession(sessions), async (req, res) => {
        res.end((await passwordChanged(sessions, req, res)).tokens?.accessToken);
      });
    },
  });
}

const current = async (browser: Browser) =>
  oneSession.parse((await browser.get('/api/v1/sessions/current').expect(200)).body).session;

const overtaken = { code: 'no_session' };

describe.each(frameworks)('confirmLogin on $name', (framework) => {
  test('A8 A21: new tokens, a fresh login and a new idle limit; the absolute one stays, the old tokens are dead', async () => {
    const bench = benchOn(framework);
    const browser = await bench.signedIn();
    const [before, old] = [await current(browser), browser.tab()];
    bench.time.advance(30 * minute);
    const after = (milliseconds: number): string => new Date(bench.time.now() + milliseconds).toISOString();
    const answer = await browser.post('/confirm').expect(200);
    const { tokens, ...outcome } = JSON.parse(answer.text) as Record<string, unknown>;
    expect(tokens).toBeUndefined();
    expect(outcome).toMatchObject({
      status: 'reissued',
      attached: after(0),
      session: {
        id: before.id,
        authenticatedAt: after(0),
        methods: before.methods,
        deadlines: {
          access: after(60 * minute),
          refresh: after(120 * minute),
          idle: after(90 * minute),
          absolute: before.deadlines.absolute,
        },
      },
    });
    expect(setCookiesOf(answer).map(({ name }) => name)).toEqual([accessCookie, refreshCookie]);
    await browser.get('/transfer').expect(200);
    expect((await old.get('/me').expect(401)).body).toMatchObject({ code: 'token_invalid' });
  });

  test('puts the methods in place of those of the sign-in, where it is given any', async () => {
    const bench = benchOn(framework);
    const browser = await bench.signedIn();
    await browser.post('/confirm?methods=pwd,otp').expect(200);
    expect((await current(browser)).methods).toEqual(['pwd', 'otp']);
    await browser.post('/confirm').expect(200);
    expect((await current(browser)).methods).toEqual(['pwd', 'otp']);
  });

  test('gives bearer handlers the tokens, and sets no cookie', async () => {
    const bench = benchOn(framework);
    const old = { Authorization: `Bearer ${(await bench.bearer()).accessToken}` };
    bench.time.advance(30 * minute);
    const answer = await bench.browser().post('/confirm', old).expect(200);
    expect(answer.get('Set-Cookie')).toBeUndefined();
    expect(answer.get('Cache-Control')).toBe('no-store');
    const { tokens } = JSON.parse(answer.text) as { tokens: { accessToken: string } };
    await bench
      .browser()
      .get('/transfer', { Authorization: `Bearer ${tokens.accessToken}` })
      .expect(200);
    await bench.browser().get('/me', old).expect(401);
  });

  test('without a session is no_session', async () => {
    const bench = benchOn(framework);
    expect((await bench.browser().post('/bare').expect(401)).body).toMatchObject({ code: 'no_session' });
  });
});

test('A21: never moves the absolute limit, however often the login is confirmed', async () => {
  const bench = benchOn();
  const browser = await bench.signedIn();
  const { absolute } = (await current(browser)).deadlines;
  for (let count = 0; count < 8; count++) {
    await browser.post('/confirm').expect(200);
    expect((await current(browser)).deadlines.absolute).toBe(absolute);
    bench.time.advance(59 * minute);
  }
  bench.time.advance(Date.parse(absolute) - bench.time.now() - 1);
  await browser.post('/confirm').expect(200);
  bench.time.advance(1);
  expect((await browser.post('/confirm').expect(401)).body).toMatchObject({ code: 'session_expired' });
  await browser.post('/login').expect(200);
  expect(Date.parse((await current(browser)).deadlines.absolute)).toBeGreaterThan(Date.parse(absolute));
});

test('takes two round trips', async () => {
  const bench = benchOn();
  const browser = await bench.signedIn();
  const calls = await bench.store.callsDuring(async () => browser.post('/confirm').expect(200));
  expect(calls).toEqual(['find', 'find', 'rekey']); // the first is the guard's
});

test('twice in one request gives one set of cookies, that of the second', async () => {
  const bench = new HttpBench({
    routes: (app, sessions) =>
      mount(app, '/confirm', requireSession(sessions), async (req, res, next) => {
        await confirmLogin(sessions, req, res);
        return confirm(sessions)(req, res, next);
      }),
  });
  const browser = await bench.signedIn();
  expect(setCookiesOf(await browser.post('/confirm').expect(200))).toHaveLength(2);
  await browser.get('/me').expect(200);
});

test('in two requests at once serves one; the other is refused, and sets no cookie', async () => {
  const bench = benchOn();
  const browser = await bench.signedIn();
  const tabs = [browser.tab(), browser.tab()];
  let open: () => void = () => undefined;
  const both = new Promise<void>((resolve) => (open = resolve));
  let waiting = 0;
  meanwhile = () => {
    if (++waiting === tabs.length) open();
    return both;
  };
  const answers = await Promise.all(tabs.map((tab) => tab.post('/confirm')));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  const loser = answers.findIndex(({ status }) => status === 401);
  expect(answers[loser]!.body).toMatchObject(overtaken);
  expect(answers[loser]!.get('Set-Cookie')).toBeUndefined();
  await tabs[1 - loser]!.get('/transfer').expect(200);
});

describe('a request to confirm that was admitted, and then', () => {
  const refused = async (bench: HttpBench, browser: Browser): Promise<void> => {
    const answer = await browser.post('/confirm').expect(401);
    expect(answer.body).toMatchObject(overtaken);
    expect(answer.get('Set-Cookie')).toBeUndefined();
    expect(bench.store.calls).not.toContain('rekey');
  };

  test.each<[string, (sessions: SessionManager, id: string) => Promise<unknown>]>([
    ['its session was ended', (sessions, id) => sessions.revoke(id)],
    ['all of the user’s sessions were', (sessions) => sessions.revokeAll('alice')],
  ])('%s, gets no new tokens', async (_what, end) => {
    const bench = benchOn();
    const browser = await bench.signedIn();
    const { id } = await current(browser);
    meanwhile = () => end(bench.sessions, id);
    await refused(bench, browser);
    await browser.get('/me').expect(401);
  });

  test('another request changed the password, does not take over the session that this one kept', async () => {
    const bench = benchOn();
    const browser = await bench.signedIn();
    const thief = browser.tab();
    meanwhile = async () => browser.post('/password').expect(200);
    await refused(bench, thief);
    await browser.get('/me').expect(200);
    await thief.get('/me').expect(401);
  });

  test('the session was renewed by another tab, is served still', async () => {
    const bench = benchOn();
    const browser = await bench.signedIn();
    const tab = browser.tab();
    meanwhile = async () => tab.post('/api/v1/sessions/refresh').expect(200);
    await browser.post('/confirm').expect(200);
    await browser.get('/transfer').expect(200);
  });

  test('the store went down, is 503 and touches no cookie', async () => {
    const bench = benchOn();
    const browser = await bench.signedIn();
    bench.store.failNext('rekey');
    const answer = await browser.post('/confirm').expect(503);
    expect(answer.get('Set-Cookie')).toBeUndefined();
    await browser.get('/me').expect(200);
  });
});

test.each([
  [{ authenticatedAt: 0 }, 'options_invalid', 'confirmLogin.authenticatedAt: unknown option'],
  [{ methods: ['two words'] }, 'request_invalid', 'methods: expected an array of at most 10 words without spaces'],
])('with %j is a mistake in the call, and changes nothing', async (input, code, message) => {
  const errors: unknown[] = [];
  const bench = new HttpBench({
    routes: (app, sessions) =>
      mount(app, '/confirm', requireSession(sessions), async (req, res) => {
        await confirmLogin(sessions, req, res, input as ConfirmLoginInput).catch((error: unknown) =>
          errors.push(error),
        );
        res.end();
      }),
  });
  const browser = await bench.signedIn();
  await browser.post('/confirm').expect(200);
  expect(errors).toMatchObject([{ code, message: expect.stringContaining(message) as string }]);
  await browser.get('/me').expect(200);
});

test('behind loginGuard is no wrong password where the session was overtaken', async () => {
  const bench = new HttpBench({
    options: { lockout: { freeFailures: 0, maxFailures: 1, maxFailuresPerPair: 1 } },
    routes: (app, sessions) => {
      const guard = loginGuard(sessions, { account: () => 'alice' }) as unknown as Handler;
      mount(app, '/confirm', requireSession(sessions), guard, confirm(sessions));
    },
  });
  const browser = await bench.signedIn();
  meanwhile = () => bench.sessions.revokeAll('alice');
  expect((await browser.post('/confirm').expect(401)).body).toMatchObject(overtaken);
  meanwhile = () => Promise.resolve();
  bench.time.advance(1);
  await browser.post('/login').expect(200);
  await browser.post('/confirm').expect(200);
});

test('C-lockout-DoS behind loginGuard makes the device known of which the guard was told', async () => {
  const bench = new HttpBench({
    routes: (app, sessions) => {
      const guard = loginGuard(sessions, { account: () => 'alice', deviceId: () => 'of-the-app' });
      mount(app, '/confirm', guard, requireSession(sessions), confirm(sessions));
    },
  });
  const browser = await bench.signedIn();
  await browser.post('/confirm').expect(200);
  const known = { account: 'alice', client: { deviceId: 'of-the-app' } };
  for (let failed = 0; failed < 5; failed++) await bench.sessions.lockout.recordFailure({ account: 'alice' });
  expect(await bench.sessions.lockout.check({ account: 'alice' })).toMatchObject({ status: 'refused' });
  expect(await bench.sessions.lockout.check(known)).toEqual({ status: 'open' });
});

test('behind loginGuard counts as a login that succeeded: the failures before it are forgotten', async () => {
  const bench = new HttpBench({
    options: { lockout: { freeFailures: 100, maxFailures: 3, maxFailuresPerPair: 3 } },
    routes: (app, sessions) => {
      const guard = loginGuard(sessions, { account: () => 'alice' }) as unknown as Handler;
      mount(app, '/confirm', requireSession(sessions), guard, async (req, res, next) => {
        if (!parameters(req).has('wrong')) return confirm(sessions)(req, res, next);
        res.statusCode = 401;
        return res.end();
      });
    },
  });
  const browser = await bench.signedIn();
  for (let round = 0; round < 3; round++) {
    for (let failure = 0; failure < 2; failure++) await browser.post('/confirm?wrong').expect(401);
    await browser.post('/confirm').expect(200);
  }
});
