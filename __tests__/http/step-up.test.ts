import {
  authenticate,
  confirmLogin,
  forceLogoutOnPasswordChange,
  getSession,
  passwordChanged,
  requireRecentLogin,
  requireSession,
  rotateTokens,
  type SessionManager,
  signIn,
} from '../../lib';
import { RiskDial } from '../fixtures/risk-dial';
import { minute } from '../fixtures/session-record';
import { type Browser, setCookiesOf } from './fixtures/browser';
import { express5, type Framework, frameworks, type Handler, mount, type TestApp } from './fixtures/frameworks';
import {
  accessCookie,
  deviceCookie,
  HttpBench,
  parameters,
  refreshCookie,
  showSession,
} from './fixtures/http-bench';

const owing = { code: 'step_up_required', status: 401 };
const challenge = 'Bearer error="insufficient_user_authentication", max_age="0"';
const elsewhere = { 'X-Test-Ip': '203.0.113.9' };

const show: Handler = (req, res) => res.end(JSON.stringify(getSession(req)));

function routes(app: TestApp, sessions: SessionManager): void {
  const admitted = requireSession(sessions, { allowStepUp: true });
  mount(app, '/confirm', admitted, async (req, res, next) => {
    const outcome = await confirmLogin(sessions, req, res);
    if (outcome.status !== 'reissued') return next(outcome.error);
    return res.end(JSON.stringify(outcome.session));
  });
  mount(app, '/owing', admitted, show);
  mount(app, '/twice', admitted, requireSession(sessions), showSession);
  mount(app, '/recent', admitted, requireRecentLogin(sessions, { within: '1h' }), showSession);
  mount(app, '/recent-alone', requireRecentLogin(sessions, { within: '1h' }), showSession);
  mount(app, '/maybe', requireSession(sessions, { optional: true }), (req, res) => {
    res.end(JSON.stringify({ user: requireUser(req) }));
  });
  mount(app, '/fresh', requireSession(sessions, { fresh: true }), showSession);
  mount(app, '/page', requireSession(sessions, { loginUrl: '/sign-in' }), showSession);
  mount(app, '/socket', async (req, res) => {
    res.end((await authenticate(sessions, req, { allowStepUp: parameters(req).has('allow') })).status);
  });
  mount(app, '/rotate', admitted, async (req, res, next) => {
    const outcome = await rotateTokens(sessions, req, res);
    if (outcome.status !== 'reissued') return next(outcome.error);
    return res.end(JSON.stringify(outcome.session));
  });
  mount(app, '/password', admitted, async (req, res) => {
    res.end(JSON.stringify((await passwordChanged(sessions, req, res)).session));
  });
  mount(app, '/forced', admitted, forceLogoutOnPasswordChange(sessions), (_req, res) => res.end('changed'));
  mount(app, '/in-one', async (req, res, next) => {
    await signIn(sessions, req, res, { userId: 'alice', startedAt: await sessions.now() });
    requireSession(sessions)(req, res, () => showSession(req, res, next));
  });
}

function requireUser(req: Parameters<Handler>[0]): string | undefined {
  return (req as { userSession?: { userId: string } }).userSession?.userId;
}

class StepUpBench extends HttpBench {
  readonly dial: RiskDial;

  constructor(framework: Framework = express5, options: ConstructorParameters<typeof HttpBench>[0] = {}) {
    const dial = new RiskDial();
    super({
      ...options,
      framework,
      options: { risk: dial.options(), ...options.options },
      before: (app) =>
        mount(app, '/', (req, _res, next) => {
          const ip = req.headers['x-test-ip'];
          if (ip !== undefined) Object.defineProperty(req, 'ip', { value: ip });
          next();
        }),
      routes,
    });
    this.dial = dial;
  }

  /** A browser whose sign-in was let in, and has to be confirmed. */
  async owing(): Promise<Browser> {
    this.dial.level = 'high';
    const browser = await this.signedIn();
    this.dial.level = 'none';
    return browser;
  }

  async owingBearer(): Promise<{ accessToken: string; refreshToken: string }> {
    this.dial.level = 'high';
    const tokens = await this.bearer();
    this.dial.level = 'none';
    return tokens;
  }
}

function expectNothingOf(view: object): void {
  expect(view).toMatchObject({ stepUpRequired: true, ip: null, userAgent: null, location: null, data: {} });
  expect(view).toMatchObject({ device: { browserVersion: null, osVersion: null, model: null, id: null } });
  const { data, risk } = view as { data: object; risk: { signals: unknown[] } };
  expect([data, risk.signals]).toEqual([{}, []]);
}

describe.each(frameworks)('a session that owes a fresh login, on $name', (framework) => {
  let bench: StepUpBench;
  beforeEach(() => (bench = new StepUpBench(framework)));
  afterEach(() => bench.close());

  test('C-2FA is refused with 401 wherever it knocks, and its cookies stay', async () => {
    const browser = await bench.owing();
    const paths = [
      '/me',
      '/fresh',
      '/twice',
      '/recent',
      '/recent-alone',
      '/api/v1/sessions',
      '/api/v1/sessions/current',
    ];
    for (const path of paths) {
      const answer = await browser.get(path).expect(401);
      expect(answer.body).toMatchObject(owing);
      expect(answer.get('WWW-Authenticate')).toBe(challenge);
      expect(answer.get('Set-Cookie')).toBeUndefined();
    }
    expect((await browser.post('/api/v1/sessions/validate').expect(401)).body).toMatchObject(owing);
    expect((await browser.get('/socket').expect(200)).text).toBe('step-up-required');
    expect(JSON.parse((await browser.get('/maybe').expect(200)).text)).toEqual({});
    const headers = { Accept: 'text/html', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };
    expect((await browser.get('/page', headers).expect(303)).get('Location')).toContain('/sign-in');
    const names = [...browser.cookies.values()].map(({ name }) => name);
    expect(names.sort()).toEqual([accessCookie, deviceCookie, refreshCookie].sort());
  });

  test('C-2FA the same as bearer', async () => {
    const { accessToken } = await bench.owingBearer();
    const headers = { Authorization: `Bearer ${accessToken}` };
    for (const path of ['/me', '/maybe', '/recent', '/api/v1/sessions/current']) {
      expect((await bench.browser().get(path, headers).expect(401)).body).toMatchObject(owing);
    }
  });

  test('is let in on the route that confirms it, and open from then on', async () => {
    const browser = await bench.owing();
    expect(JSON.parse((await browser.get('/owing').expect(200)).text)).toMatchObject({ stepUpRequired: true });
    expect((await browser.get('/socket?allow').expect(200)).text).toBe('active');
    const old = browser.tab();
    const answer = await browser.post('/confirm').expect(200);
    expect(JSON.parse(answer.text)).toMatchObject({ stepUpRequired: false });
    expect(setCookiesOf(answer).map(({ name }) => name)).toEqual([accessCookie, refreshCookie]);
    await browser.get('/me').expect(200);
    await browser.get('/recent').expect(200);
    expect((await old.get('/me').expect(401)).body).toMatchObject({ code: 'token_invalid' });
  });

  test('goes on through renewal: new cookies, and still 401, until the page for it is reached', async () => {
    const browser = await bench.owing();
    bench.time.advance(16 * minute);
    const answer = await browser.get('/me').expect(401);
    expect(answer.body).toMatchObject(owing);
    expect(setCookiesOf(answer).map(({ name }) => name)).toEqual([accessCookie, refreshCookie]);
    browser.forget(accessCookie);
    await browser.post('/confirm').expect(200);
    await browser.get('/me').expect(200);
    const { refreshToken } = await bench.owingBearer();
    const refreshed = await bench.browser().post('/api/v1/sessions/refresh').send({ refreshToken }).expect(200);
    expect(refreshed.body).toMatchObject({ session: { stepUpRequired: true }, tokens: {} });
  });

  test('C-theft tells its bearer nothing of the user: no address, place, device id, user agent, reason or data', async () => {
    await bench.bearer();
    const signedIn = await bench.signedIn();
    bench.dial.level = 'high';
    // In the same browser, so that it replaces a session.
    const created = (await signedIn.post('/login').expect(200)).body as { session: object; ended: object[] };
    expectNothingOf(created.session);
    expect(created.session).toMatchObject({ userId: 'alice', risk: { score: 100, level: 'high' } });
    expect(created.ended).toHaveLength(1);
    for (const view of created.ended) expectNothingOf({ ...view, stepUpRequired: true });
    bench.dial.level = 'none';
    for (const path of ['/rotate', '/password']) {
      expectNothingOf(JSON.parse((await signedIn.post(path).expect(200)).text) as object);
    }
    const renewed = await signedIn.post('/api/v1/sessions/refresh').expect(200);
    expectNothingOf((renewed.body as { session: object }).session);
    const { refreshToken } = await bench.owingBearer();
    const body = { refreshToken };
    const refreshed = await bench.browser().post('/api/v1/sessions/refresh').send(body).expect(200);
    expectNothingOf((refreshed.body as { session: object }).session);

    const full = { ip: '127.0.0.1', userAgent: expect.any(String) as string };
    // The app's own code sees all of it, and so does whoever has confirmed the login, of every session.
    expect(JSON.parse((await signedIn.get('/owing').expect(200)).text)).toMatchObject(full);
    expect(JSON.parse((await signedIn.post('/confirm').expect(200)).text)).toMatchObject(full);
    const { body: list } = await signedIn.get('/api/v1/sessions').expect(200);
    const { data } = list as { data: { stepUpRequired: boolean; ip: string | null }[] };
    expect(data.filter(({ stepUpRequired }) => stepUpRequired)).toMatchObject([full]);
  });

  test('C-theft a renewal that makes it owe one tells the thief nothing of the owner', async () => {
    const { refreshToken } = await bench.bearer();
    bench.dial.level = 'high';
    const thief = bench.browser();
    const { body } = await thief.post('/api/v1/sessions/refresh', elsewhere).send({ refreshToken }).expect(200);
    expectNothingOf((body as { session: object }).session);
  });

  test.each(['/rotate', '/password', '/forced'])('C-2FA goes on through %s', async (path) => {
    const browser = await bench.owing();
    await browser.post(path).expect(200);
    expect((await browser.get('/me').expect(401)).body).toMatchObject(owing);
  });

  test('C-2FA what the request of the sign-in itself does next is refused too', async () => {
    bench.dial.level = 'high';
    const answer = await bench.browser().post('/in-one').expect(401);
    expect(answer.body).toMatchObject(owing);
  });

  test('signs out as ever', async () => {
    const browser = await bench.owing();
    await browser.send('delete', '/api/v1/sessions/current').expect(204);
    expect(browser.value(accessCookie)).toBeUndefined();
    await (await bench.owing()).post('/logout').expect(200);
  });

  test('a sign-in anew takes its place', async () => {
    await bench.signedIn();
    const browser = await bench.owing();
    await browser.post('/login').expect(200);
    await browser.get('/me').expect(200);
  });
});

describe.each([
  ['with a near cache', { nearCache: {} }],
  ['without', {}],
])('C-theft a stolen cookie, %s', (_, options) => {
  let bench: StepUpBench;
  beforeEach(() => (bench = new StepUpBench(express5, { options })));
  afterEach(() => bench.close());

  test('shown from another network is judged at once, and its owner asked for a fresh login as well', async () => {
    const victim = await bench.signedIn();
    for (let count = 0; count < 3; count++) await victim.get('/me').expect(200);
    const thief = victim.tab();
    bench.dial.level = 'high';
    expect((await thief.get('/me', elsewhere).expect(401)).body).toMatchObject(owing);
    expect((await victim.get('/me').expect(401)).body).toMatchObject(owing);
    bench.dial.level = 'none';
    await victim.post('/confirm').expect(200);
    await victim.get('/me').expect(200);
    expect((await thief.get('/me', elsewhere).expect(401)).body).toMatchObject({ code: 'token_invalid' });
  });

  test('shown with another user agent, to a socket or with a dead access cookie it is judged as well', async () => {
    const agent = { 'User-Agent': 'curl/8.5.0' };
    for (const show of [
      (thief: Browser) => thief.get('/me', agent).expect(401),
      (thief: Browser) => thief.get('/recent-alone', agent).expect(401),
      async (thief: Browser) => expect((await thief.get('/socket', agent)).text).toBe('step-up-required'),
      (thief: Browser) => {
        thief.forget(accessCookie);
        return thief.get('/me', agent).expect(401);
      },
    ]) {
      bench.dial.level = 'none';
      const victim = await bench.signedIn();
      for (let count = 0; count < 3; count++) await victim.get('/me').expect(200);
      bench.dial.level = 'high';
      await show(victim.tab());
      expect((await victim.get('/me').expect(401)).body).toMatchObject(owing);
    }
  });
});

test('nothing of the request is looked at where uses are not judged', async () => {
  const bench = new StepUpBench(express5, { options: { risk: undefined } });
  const verify = jest.spyOn(bench.sessions, 'verify');
  const browser = await bench.signedIn();
  await browser.get('/me', elsewhere).expect(200);
  expect(verify.mock.calls.map(([, client]) => client)).toEqual([undefined]);
  await bench.close();
});

test('a sign-in that is refused for its risk answers 403, touches no cookie, and says nothing of why', async () => {
  const dial = new RiskDial();
  const bench = new HttpBench({ options: { risk: dial.options({ onSignIn: { high: 'revoke' } }) } });
  const browser = await bench.signedIn();
  const before = [...browser.cookies.values()].map(({ value }) => value);
  dial.level = 'high';
  const answer = await browser.post('/login').expect(403);
  expect(answer.body).toEqual({
    type: expect.any(String) as string,
    title: 'The sign-in was refused',
    status: 403,
    code: 'sign_in_refused',
  });
  expect(answer.get('Set-Cookie')).toBeUndefined();
  expect([...browser.cookies.values()].map(({ value }) => value)).toEqual(before);
  dial.level = 'none';
  await browser.get('/me').expect(200);
  await bench.close();
});
