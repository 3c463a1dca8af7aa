import { MemoryStore, requireSession, SessionManager, signIn, signOut } from '../../lib';
import { forgedAccessTokens, forgedRefreshToken, guessedSecret } from '../fixtures/forged-tokens';
import { Browser, setCookiesOf } from './fixtures/browser';
import type { FakeClock } from '../harness/clock';
import { express5, frameworks, type Handler, mount } from './fixtures/frameworks';
import { accessCookie, deviceCookie, guarded, HttpBench, refreshCookie, showSession } from './fixtures/http-bench';

const minute = 60_000;

/** A handler for which time passes. */
function taking(time: FakeClock, milliseconds: number): Handler {
  return (_req, _res, next) => {
    time.advance(milliseconds);
    next();
  };
}

describe.each(frameworks)('renewal inside requireSession on $name', (framework) => {
  test('goes unnoticed: the request is served, the new cookies come with the answer', async () => {
    const bench = new HttpBench({ framework });
    const browser = await bench.signedIn();
    const before = browser.cookieHeader();
    bench.time.advance(16 * minute);
    const answer = await browser.get('/me').expect(200);
    expect(answer.body).toMatchObject({ session: { userId: 'alice', current: true } });
    expect(setCookiesOf(answer).map(({ name }) => name)).toEqual([accessCookie, refreshCookie]);
    expect(answer.get('Cache-Control')).toBe('no-store');
    expect(browser.cookieHeader()).not.toBe(before);
    await browser.get('/me').expect(200);
  });

  test('keeps the cookies of others on the same answer', async () => {
    const bench = new HttpBench({
      framework,
      routes: guarded('/theirs', {}, (_req, res, next) => {
        res.setHeader('Set-Cookie', ['theme=dark; Path=/']);
        next();
      }),
    });
    const browser = await bench.signedIn();
    bench.time.advance(16 * minute);
    const answer = await browser.get('/theirs').expect(200);
    expect(setCookiesOf(answer).map(({ name }) => name)).toEqual(['theme', accessCookie, refreshCookie]);
  });

  test('keeps cookies that writeHead is given, and its status', async () => {
    const bench = new HttpBench({
      framework,
      routes: guarded('/theirs', {}, (_req, res) => {
        res.writeHead(201, { 'Set-Cookie': 'theme=dark', 'X-Other': '1' });
        res.end();
      }),
    });
    const browser = await bench.signedIn();
    bench.time.advance(16 * minute);
    const answer = await browser.get('/theirs').expect(201);
    expect(answer.get('X-Other')).toBe('1');
    expect(setCookiesOf(answer).map(({ name }) => name)).toEqual(['theme', accessCookie, refreshCookie]);
  });
});

describe('the refresh cookie decides where the access cookie is', () => {
  test.each([
    ['absent', () => undefined],
    ['malformed', () => 'junk'],
    ['not recognised', (token: string) => forgedAccessTokens(token, 1)[0]],
  ])('%s', async (_name, change) => {
    const bench = new HttpBench();
    const browser = await bench.signedIn();
    const value = change(browser.value(accessCookie)!);
    if (value === undefined) browser.forget(accessCookie);
    else browser.replace(accessCookie, value);
    const answer = await browser.get('/me').expect(200);
    expect(setCookiesOf(answer)).toHaveLength(2);
    await browser.get('/me').expect(200);
  });

  test('expired, and its own refusal is the answer then', async () => {
    const bench = new HttpBench();
    const browser = await bench.signedIn();
    bench.time.advance(16 * minute);
    browser.replace(refreshCookie, forgedRefreshToken(browser.value(refreshCookie)!, { family: Buffer.alloc(16) }));
    expect((await browser.get('/me').expect(401)).body).toMatchObject({ code: 'token_invalid' });
  });

  test('but a session that was ended stays ended, without another look', async () => {
    const bench = new HttpBench();
    const browser = await bench.signedIn();
    await bench.sessions.revokeAll('alice', { reason: 'admin' });
    const calls = await bench.store.callsDuring(async () => {
      expect((await browser.get('/me').expect(401)).body).toMatchObject({
        code: 'session_revoked',
        reason: 'admin',
      });
    });
    expect(calls).toEqual(['find']);
  });
});

test('an access cookie alone, dead, is refused for what it is', async () => {
  const bench = new HttpBench();
  const browser = await bench.signedIn();
  browser.forget(refreshCookie);
  bench.time.advance(16 * minute);
  expect((await browser.get('/me').expect(401)).body).toMatchObject({ code: 'token_expired' });
});

test('A42: an unsafe request of another site renews nothing', async () => {
  const bench = new HttpBench();
  const browser = await bench.signedIn();
  bench.time.advance(16 * minute);
  const calls = await bench.store.callsDuring(async () => {
    await browser.post('/me', { 'Sec-Fetch-Site': 'cross-site' }).expect(403);
  });
  expect(calls).toEqual([]);
});

describe('tabs', () => {
  test('A25 B20: ten at once get the same cookies, and all stay in', async () => {
    const bench = new HttpBench();
    const browser = await bench.signedIn();
    bench.time.advance(16 * minute);
    const answers = await Promise.all(Array.from({ length: 10 }, () => browser.tab().get('/me').expect(200)));
    const given = new Set(answers.map((answer) => JSON.stringify(setCookiesOf(answer).map(({ value }) => value))));
    expect(given.size).toBe(1);
  });

  test('A28: one that comes too late is refused and clears nothing', async () => {
    const bench = new HttpBench();
    const browser = await bench.signedIn();
    const late = browser.tab();
    bench.time.advance(16 * minute);
    await browser.get('/me').expect(200);
    await browser.get('/me').expect(200);
    await bench.sessions.flush();
    bench.time.advance(minute);
    const answer = await late.get('/me').expect(401);
    expect(answer.body).toMatchObject({ code: 'session_revoked', reason: 'token_reuse' });
    expect(answer.get('Set-Cookie')).toBeUndefined();
  });

  test('B19: a lost answer costs nothing: the old cookies fetch the same pair again', async () => {
    const bench = new HttpBench();
    const browser = await bench.signedIn();
    const unaware = browser.tab();
    bench.time.advance(16 * minute);
    const lost = await browser.get('/me').expect(200);
    bench.time.advance(5 * minute);
    const again = await unaware.get('/me').expect(200);
    expect(setCookiesOf(again).map(({ value }) => value)).toEqual(setCookiesOf(lost).map(({ value }) => value));
  });
});

test.each([{ fresh: true }, {}])(
  'B19: a lost answer that was checked again, %j, confirms nothing',
  async (recheck) => {
    const bench = new HttpBench({
      routes: (app, sessions) => {
        mount(
          app,
          '/twice',
          requireSession(sessions, { slide: false }),
          requireSession(sessions, recheck),
          showSession,
        );
      },
    });
    const browser = await bench.signedIn();
    const unaware = browser.tab();
    bench.time.advance(16 * minute);
    await browser.get('/twice').expect(200); // and its answer never arrives
    await bench.sessions.flush();
    bench.time.advance(minute);
    await unaware.get('/me').expect(200);
  },
);

describe('an answer that takes its time', () => {
  const slowly = (milliseconds: number, grace: '0s' | '10s' | '30s'): HttpBench =>
    new HttpBench({
      options: { rotation: { grace } },
      routes: (app, sessions, { time }) => guarded('/slow', {}, taking(time, milliseconds))(app, sessions),
    });

  test.each([
    [10_000, 'within', '10s', 2],
    [10_001, 'beyond', '10s', 0],
    [29_000, 'within', '30s', 2],
    [600_000, 'far beyond', '0s', 2],
  ] as const)('of %d ms, %s a grace of %s, brings %d cookies', async (milliseconds, _where, grace, count) => {
    const bench = slowly(milliseconds, grace);
    const browser = await bench.signedIn();
    bench.time.advance(16 * minute);
    const answer = await browser.get('/slow').expect(200);
    expect(setCookiesOf(answer)).toHaveLength(count);
    await browser.get('/me').expect(200);
  });

  test('without cookies may be cached as the app likes', async () => {
    const bench = slowly(20_000, '10s');
    const browser = await bench.signedIn();
    bench.time.advance(16 * minute);
    expect((await browser.get('/slow').expect(200)).get('Cache-Control')).toBeUndefined();
  });

  test("is measured by the session's own grace, not by this process' options", async () => {
    const bench = new HttpBench({
      options: { rotation: { grace: '30s' } },
      routes: (app, _sessions, bench) => {
        const strict = bench.open({ rotation: { grace: '1s' } });
        guarded('/other', {}, taking(bench.time, 20_000))(app, strict);
      },
    });
    const browser = await bench.signedIn();
    bench.time.advance(16 * minute);
    expect(setCookiesOf(await browser.get('/other').expect(200))).toHaveLength(2);
  });
});

describe('one Set-Cookie a name', () => {
  test('a sign-in on the same answer takes the place of the renewal', async () => {
    const bench = new HttpBench({
      routes: (app, sessions) => {
        guarded('/switch', {}, async (req, res, next) => {
          await signIn(sessions, req, res, { userId: 'bob', startedAt: await sessions.now() });
          next();
        })(app, sessions);
      },
    });
    const browser = await bench.signedIn();
    bench.time.advance(16 * minute);
    const answer = await browser.get('/switch').expect(200);
    expect(answer.body).toMatchObject({ session: { userId: 'bob' } });
    expect(
      setCookiesOf(answer)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([accessCookie, deviceCookie, refreshCookie]);
    expect((await browser.get('/me')).body).toMatchObject({ session: { userId: 'bob' } });
  });

  test('a sign-out on the same answer takes the place of the renewal', async () => {
    const bench = new HttpBench({
      routes: (app, sessions) => {
        mount(app, '/leave', async (req, res) => {
          await new Promise<void>((resolve) => requireSession(sessions)(req, res, () => resolve()));
          await signOut(sessions, req, res);
          showSession(req, res, () => undefined);
        });
      },
    });
    const browser = await bench.signedIn();
    bench.time.advance(16 * minute);
    const answer = await browser.post('/leave').expect(200);
    expect(setCookiesOf(answer)).toHaveLength(2);
    expect([...browser.cookies.values()].map(({ name }) => name)).toEqual([deviceCookie]);
    expect(await bench.sessions.list('alice')).toMatchObject({ data: [] });
  });

  test('an older line of our name that the app left is replaced', async () => {
    const bench = new HttpBench({
      before: (app) =>
        mount(app, '/', (_req, res, next) => {
          res.setHeader('Set-Cookie', `${accessCookie}=stale; Path=/; Secure`);
          next();
        }),
    });
    const answer = await bench.browser().post('/login').expect(200);
    expect(setCookiesOf(answer).map(({ name }) => name)).toEqual([accessCookie, refreshCookie, deviceCookie]);
    expect(setCookiesOf(answer)[0]!.value).not.toBe('stale');
  });
});

test('slide: false renews without moving the deadlines', async () => {
  const bench = new HttpBench({ routes: guarded('/poll', { slide: false }) });
  const browser = await bench.signedIn();
  const { body: before } = await browser.get('/me');
  bench.time.advance(16 * minute);
  const { body: after } = await browser.get('/poll').expect(200);
  const deadlines = (body: unknown): { refresh: string } =>
    (body as { session: { deadlines: { refresh: string } } }).session.deadlines;
  expect(deadlines(after).refresh).toBe(deadlines(before).refresh);
});

test('grace is measured on a clock that runs by itself, where the app brings none', async () => {
  const clock = jest.spyOn(performance, 'now');
  const sessions = new SessionManager({ store: new MemoryStore() });
  const created = await sessions.create({ userId: 'alice' });
  const { tokens } = created as Extract<typeof created, { status: 'created' }>;
  const app = express5.create();
  guarded('/slow', {}, (_req, _res, next) => {
    const time = performance.now();
    clock.mockImplementation(() => time + 11_000);
    next();
  })(app, sessions);
  const browser = new Browser(app);
  const answer = await browser.get('/slow', { Cookie: `${refreshCookie}=${tokens.refreshToken}` }).expect(200);
  clock.mockRestore();
  expect(setCookiesOf(answer)).toEqual([]);
});

test('C-RT replay: a spent refresh cookie of another device ends the session for both', async () => {
  const bench = new HttpBench();
  const browser = await bench.signedIn();
  const thief = browser.tab();
  thief.forget(deviceCookie);
  thief.headers['User-Agent'] = 'curl/8.5.0';
  bench.time.advance(16 * minute);
  await browser.get('/me').expect(200);
  expect((await thief.get('/me').expect(401)).body).toMatchObject({ reason: 'token_reuse' });
  expect((await browser.get('/me').expect(401)).body).toMatchObject({ reason: 'token_reuse' });
});

test('a forged successor of the right family ends the session as stolen', async () => {
  const bench = new HttpBench();
  const browser = await bench.signedIn();
  browser.forget(accessCookie);
  browser.replace(refreshCookie, forgedRefreshToken(browser.value(refreshCookie)!, { secret: guessedSecret() }));
  await browser.get('/me').expect(401);
});
