import request from 'supertest';
import { requireSession, SessionError, type SessionView } from '../../lib';
import { forgedAccessTokens } from '../fixtures/forged-tokens';
import { refusalOf } from '../fixtures/refusal-of';
import { frameworks, mount } from './fixtures/frameworks';
import { accessCookie, guarded, HttpBench, refreshCookie, showSession } from './fixtures/http-bench';

const minute = 60_000;

describe.each(frameworks)('requireSession on $name', (framework) => {
  test('admits a bearer token and hangs the session on the request', async () => {
    const bench = new HttpBench({ framework });
    const { accessToken } = await bench.bearer();
    const { body } = await bench
      .browser()
      .get('/me', { Authorization: `Bearer ${accessToken}` })
      .expect(200);
    expect(body).toMatchObject({ session: { userId: 'alice', current: true } });
  });

  test('admits a cookie', async () => {
    const bench = new HttpBench({ framework });
    const browser = await bench.signedIn();
    const { body } = await browser.get('/me').expect(200);
    expect(body).toMatchObject({ session: { userId: 'alice', current: true } });
  });

  test('costs one read of the store and no write', async () => {
    const bench = new HttpBench({ framework });
    const browser = await bench.signedIn();
    expect(await bench.store.callsDuring(async () => browser.get('/me').expect(200))).toEqual(['find']);
  });

  test('hangs the session under the name that the manager was given', async () => {
    const bench = new HttpBench({
      framework,
      options: { requestProperty: 'who' },
      routes: (app, sessions) =>
        mount(app, '/who', requireSession(sessions), (req, res) => {
          res.end((req as unknown as { who: SessionView }).who.userId);
        }),
    });
    const browser = await bench.signedIn();
    expect((await browser.get('/who')).text).toBe('alice');
  });

  test('A51 A52: answers a request without a credential with the bare challenge', async () => {
    const { app } = new HttpBench({ framework });
    const answer = await request(app).get('/me').expect(401);
    expect(answer.get('WWW-Authenticate')).toBe('Bearer');
    expect(answer.get('Content-Type')).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ code: 'no_session', status: 401 });
  });

  test('B2: answers 503 with Retry-After when the store is down, and touches no cookie', async () => {
    const bench = new HttpBench({ framework });
    const browser = await bench.signedIn();
    bench.store.failNext('find');
    const answer = await browser.get('/me').expect(503);
    expect(answer.body).toMatchObject({ code: 'store_unavailable' });
    expect(answer.get('Retry-After')).toMatch(/^\d+$/);
    expect(answer.get('Set-Cookie')).toBeUndefined();
    expect(answer.get('WWW-Authenticate')).toBeUndefined();
    await browser.get('/me').expect(200);
  });

  test('B2: a store that fails during renewal is 503 too', async () => {
    const bench = new HttpBench({ framework });
    const browser = await bench.signedIn();
    bench.time.advance(16 * minute);
    bench.store.failNext('rotate');
    const answer = await browser.get('/me').expect(503);
    expect(answer.get('Set-Cookie')).toBeUndefined();
    await browser.get('/me').expect(200);
  });

  test('hands a fault that is not of this library to the error handlers', async () => {
    const bench = new HttpBench({ framework });
    const browser = await bench.signedIn();
    bench.store.interceptNext('find', () => Promise.reject(new RangeError('a bug')));
    expect((await browser.get('/me').expect(500)).text).toBe('unhandled: a bug');
  });
});

describe('requireSession refuses', () => {
  const codeFor = async (bench: HttpBench, authorization: string): Promise<unknown> => {
    const answer = await bench.browser().get('/me', { Authorization: authorization }).expect(401);
    expect(answer.get('WWW-Authenticate')).toBe('Bearer error="invalid_token"');
    expect(answer.get('Cache-Control')).toBe('no-store');
    return (answer.body as { code: unknown }).code;
  };

  test.each([
    ['truncated', (token: string) => token.slice(0, -3)],
    [
      'with a character changed (A3)',
      (token: string) => `${token.slice(0, 20)}${token[20] === 'A' ? 'B' : 'A'}${token.slice(21)}`,
    ],
    ['of two words', (token: string) => `${token} ${token}`],
    ['with text behind it', (token: string) => `${token}x`],
    ['of another system', () => 'eyJhbGciOiJIUzI1NiJ9.e30.x'],
    ['that is far too long (A56)', () => `sat_${'A'.repeat(12_000)}`],
  ])('a token %s, without asking the store', async (_name, change) => {
    const bench = new HttpBench();
    const { accessToken } = await bench.bearer();
    const calls = await bench.store.callsDuring(async () => {
      expect(await codeFor(bench, `Bearer ${change(accessToken)}`)).toBe('token_invalid');
    });
    expect(calls).toEqual([]);
  });

  test('A4: a refresh token', async () => {
    const bench = new HttpBench();
    const { refreshToken } = await bench.bearer();
    expect(await codeFor(bench, `Bearer ${refreshToken}`)).toBe('token_invalid');
  });

  test('A5 A29: a forged token of a live session, which it does not harm', async () => {
    const bench = new HttpBench();
    const { accessToken } = await bench.bearer();
    const [forged] = forgedAccessTokens(accessToken, 1);
    expect(await codeFor(bench, `Bearer ${forged}`)).toBe('token_invalid');
    await bench
      .browser()
      .get('/me', { Authorization: `Bearer ${accessToken}` })
      .expect(200);
  });

  test('an expired access token, as one that a refresh can help', async () => {
    const bench = new HttpBench();
    const { accessToken } = await bench.bearer();
    bench.time.advance(16 * minute);
    expect(await codeFor(bench, `Bearer ${accessToken}`)).toBe('token_expired');
  });

  test('a session that ran out', async () => {
    const bench = new HttpBench();
    const { accessToken } = await bench.bearer();
    bench.time.advance(60 * minute);
    expect(await codeFor(bench, `Bearer ${accessToken}`)).toBe('session_expired');
  });

  test('an ended session, and says why', async () => {
    const bench = new HttpBench();
    const { accessToken } = await bench.bearer();
    await bench.sessions.revokeAll('alice', { reason: 'fraud' });
    const { body } = await bench
      .browser()
      .get('/me', { Authorization: `Bearer ${accessToken}` })
      .expect(401);
    expect(body).toMatchObject({ code: 'session_revoked', reason: 'fraud' });
  });

  test.each(['access_token', 'accessToken', 'token', 'sk-access', accessCookie])(
    'A49: a token in the URL, as ?%s=',
    async (name) => {
      const bench = new HttpBench();
      const { accessToken } = await bench.bearer();
      const { body } = await bench.browser().get(`/me?${name}=${accessToken}`).expect(401);
      expect(body).toMatchObject({ code: 'no_session' });
    },
  );

  test('other schemes than Bearer, as no credential at all', async () => {
    const bench = new HttpBench();
    for (const authorization of ['Basic YWxpY2U6eA==', 'Bearer', 'Bearersat_x', 'Digest username="alice"']) {
      const { body } = await bench.browser().get('/me', { Authorization: authorization }).expect(401);
      expect(body).toMatchObject({ code: 'no_session' });
    }
  });
});

test('the scheme is read in any case', async () => {
  const bench = new HttpBench();
  const { accessToken } = await bench.bearer();
  for (const scheme of ['bearer', 'BEARER', 'Bearer ']) {
    await bench
      .browser()
      .get('/me', { Authorization: `${scheme} ${accessToken}` })
      .expect(200);
  }
});

describe('transport', () => {
  const routes = (app: Parameters<ReturnType<typeof guarded>>[0], sessions: HttpBench['sessions']): void => {
    guarded('/cookie', { transport: 'cookie' })(app, sessions);
    guarded('/bearer', { transport: 'bearer' })(app, sessions);
  };

  test("'cookie' takes no bearer token", async () => {
    const bench = new HttpBench({ routes });
    const { accessToken } = await bench.bearer();
    const { body } = await bench
      .browser()
      .get('/cookie', { Authorization: `Bearer ${accessToken}` })
      .expect(401);
    expect(body).toMatchObject({ code: 'no_session' });
  });

  test("'bearer' takes no cookie", async () => {
    const bench = new HttpBench({ routes });
    const browser = await bench.signedIn();
    const { body } = await browser.get('/bearer').expect(401);
    expect(body).toMatchObject({ code: 'no_session' });
  });

  test("'bearer' judges any bearer token there is", async () => {
    const bench = new HttpBench({ routes });
    const { body } = await bench.browser().get('/bearer', { Authorization: 'Bearer other' }).expect(401);
    expect(body).toMatchObject({ code: 'token_invalid' });
  });

  test("another system's Authorization beside our cookie is ignored (A46)", async () => {
    const bench = new HttpBench({ routes });
    const browser = await bench.signedIn();
    for (const authorization of ['Basic YWxpY2U6eA==', 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.x']) {
      await browser.get('/me', { Authorization: authorization }).expect(200);
      await browser.get('/cookie', { Authorization: authorization }).expect(200);
    }
  });
});

describe('optional', () => {
  const bench = new HttpBench({ routes: guarded('/open', { optional: true }) });

  test('passes without a credential', async () => {
    const { body } = await bench.browser().get('/open').expect(200);
    expect(body).toEqual({ session: null });
  });

  test('passes with the session where there is one', async () => {
    const browser = await bench.signedIn();
    expect((await browser.get('/open').expect(200)).body).toMatchObject({ session: { userId: 'alice' } });
  });

  test("passes with another system's bearer token", async () => {
    const { body } = await bench.browser().get('/open', { Authorization: 'Bearer other' }).expect(200);
    expect(body).toEqual({ session: null });
  });

  test('passes with a dead cookie, and leaves it alone', async () => {
    const browser = await bench.signedIn();
    await bench.sessions.revokeAll('alice');
    const answer = await browser.get('/open').expect(200);
    expect(answer.body).toEqual({ session: null });
    expect(answer.get('Set-Cookie')).toBeUndefined();
  });

  test('refuses a dead bearer token', async () => {
    const { accessToken } = await bench.bearer();
    await bench.sessions.revokeAll('alice');
    await bench
      .browser()
      .get('/open', { Authorization: `Bearer ${accessToken}` })
      .expect(401);
  });

  test('refuses when the store is down', async () => {
    const browser = await bench.signedIn();
    bench.store.failNext('find');
    await browser.get('/open').expect(503);
  });

  test('refuses a renewal that the app cannot be asked about, and touches no cookie; the next try is served', async () => {
    let isDown = false;
    const bench = new HttpBench({
      options: { credentialsChangedAt: () => (isDown ? Promise.reject(new Error('database down')) : null) },
      routes: guarded('/open', { optional: true }),
    });
    const browser = await bench.signedIn();
    bench.time.advance(16 * minute);
    isDown = true;
    for (const path of ['/me', '/open']) {
      const answer = await browser.get(path).expect(503);
      expect(answer.body).toMatchObject({ code: 'hook_failed' });
      expect(answer.get('Set-Cookie')).toBeUndefined();
    }
    isDown = false;
    expect((await browser.get('/me').expect(200)).get('Set-Cookie')).toHaveLength(2);
  });

  test('refuses another site that sends the cookie along', async () => {
    const browser = await bench.signedIn();
    await browser.post('/open', { 'Sec-Fetch-Site': 'cross-site' }).expect(403);
  });
});

describe('autoRefresh: false', () => {
  const bench = new HttpBench({ routes: guarded('/check', { autoRefresh: false }) });

  test('admits and never renews', async () => {
    const browser = await bench.signedIn();
    await browser.get('/check').expect(200);
    bench.time.advance(16 * minute);
    const calls = await bench.store.callsDuring(async () => {
      const answer = await browser.get('/check').expect(401);
      expect(answer.body).toMatchObject({ code: 'token_expired' });
      expect(answer.get('Set-Cookie')).toBeUndefined();
    });
    expect(calls).toEqual(['find']);
  });

  test('asks for a refresh where only the refresh cookie is left', async () => {
    const browser = await bench.signedIn();
    browser.forget(accessCookie);
    expect((await browser.get('/check').expect(401)).body).toMatchObject({ code: 'token_expired' });
  });
});

describe('a request that passes twice', () => {
  test('is checked once', async () => {
    const bench = new HttpBench({
      routes: (app, sessions) => guarded('/twice', {}, requireSession(sessions))(app, sessions),
    });
    const browser = await bench.signedIn();
    expect(await bench.store.callsDuring(async () => browser.get('/twice').expect(200))).toEqual(['find']);
  });

  test('is renewed once, even where a spent token counts as theft at once', async () => {
    const bench = new HttpBench({
      options: { rotation: { grace: '0s' } },
      routes: (app, sessions) => guarded('/twice', {}, requireSession(sessions, { fresh: true }))(app, sessions),
    });
    const browser = await bench.signedIn();
    bench.time.advance(16 * minute);
    await browser.get('/twice').expect(200);
    await browser.get('/twice').expect(200);
  });

  test('counts as activity where the second pass says so', async () => {
    const bench = new HttpBench({
      routes: (app, sessions) => guarded('/twice', { slide: false }, requireSession(sessions))(app, sessions),
    });
    const browser = await bench.signedIn();
    bench.time.advance(5 * minute);
    await browser.get('/twice').expect(200);
    await bench.sessions.flush();
    expect(await bench.store.callsDuring(async () => bench.sessions.flush())).toEqual([]);
    expect(bench.store.calls).toContain('touch');
  });

  test('is refused where the session ended in between', async () => {
    const bench = new HttpBench({
      routes: (app, sessions) =>
        guarded(
          '/twice',
          {},
          async (_req, _res, next) => {
            await sessions.revokeAll('alice');
            next();
          },
          requireSession(sessions, { fresh: true }),
        )(app, sessions),
    });
    const browser = await bench.signedIn();
    expect((await browser.get('/twice').expect(401)).body).toMatchObject({ code: 'session_revoked' });
  });

  test.each([
    ['whose session ended in between', { optional: true, fresh: true }],
    ['whose session came by another transport', { optional: true, transport: 'bearer' }],
  ] as const)('%s passes without it where a session is optional', async (_name, options) => {
    const bench = new HttpBench({
      routes: (app, sessions) =>
        guarded(
          '/twice',
          {},
          async (_req, _res, next) => {
            await sessions.revokeAll('alice');
            next();
          },
          requireSession(sessions, options),
        )(app, sessions),
    });
    const browser = await bench.signedIn();
    expect((await browser.get('/twice').expect(200)).body).toEqual({ session: null });
  });

  test("does not carry one manager's session to another's (C-cross-tenant)", async () => {
    const other = new HttpBench();
    const bench = new HttpBench({
      routes: (app, sessions) => guarded('/both', {}, requireSession(other.sessions))(app, sessions),
    });
    const browser = await bench.signedIn();
    await browser.get('/both').expect(401);
  });

  test('is judged by the transport that the second pass asks for', async () => {
    const bench = new HttpBench({
      routes: (app, sessions) =>
        guarded('/both', {}, requireSession(sessions, { transport: 'bearer' }))(app, sessions),
    });
    const browser = await bench.signedIn();
    await browser.get('/both').expect(401);
  });
});

describe('onDenied', () => {
  test('answers in place of the middleware', async () => {
    const bench = new HttpBench({
      routes: guarded('/mine', {
        onDenied: (_req, res, _next, error) => {
          res.statusCode = 418;
          res.end(error.code);
        },
      }),
    });
    expect((await bench.browser().get('/mine').expect(418)).text).toBe('no_session');
  });

  test('never sees a store fault: an app that sends the refused to sign in would sign everyone out', async () => {
    const onDenied = jest.fn();
    const bench = new HttpBench({ routes: guarded('/mine', { onDenied }) });
    const browser = await bench.signedIn();
    bench.store.failNext('find');
    await browser.get('/mine').expect(503);
    expect(onDenied).not.toHaveBeenCalled();
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('oops');
      },
    ],
    ['rejects', () => Promise.reject(new Error('oops'))],
  ])('that %s hands its error to the error handlers', async (_name, onDenied) => {
    const bench = new HttpBench({ routes: guarded('/mine', { onDenied }) });
    expect((await bench.browser().get('/mine').expect(500)).text).toBe('unhandled: oops');
  });
});

describe('options', () => {
  const { sessions } = new HttpBench();

  test.each([
    [{ optoinal: true }, "requireSession.optoinal: unknown option; did you mean 'optional'?"],
    [{ transport: 'header' }, "requireSession.transport: expected 'any', 'cookie' or 'bearer', got 'header'"],
    [{ optional: 1 }, 'requireSession.optional: expected true or false, got 1'],
    [{ onDenied: 'no' }, "requireSession.onDenied: expected a function, got 'no'"],
    [{ slide: 'no' }, "requireSession.slide: expected true or false, got 'no'"],
  ])('%j is refused, with the fix', (options, message) => {
    const error = refusalOf(() => requireSession(sessions, options as never));
    expect(error).toMatchObject({ code: 'options_invalid', message });
  });
});

test('a response that was sent meanwhile is left as it is', async () => {
  const bench = new HttpBench({
    routes: (app, sessions) =>
      mount(
        app,
        '/late',
        (_req, res, next) => {
          res.end('too late');
          next();
        },
        requireSession(sessions),
        showSession,
      ),
  });
  expect((await bench.browser().get('/late').expect(200)).text).toBe('too late');
});

test('a fault that another middleware throws as ours is refused as ours', async () => {
  const bench = new HttpBench();
  const browser = await bench.signedIn();
  bench.store.interceptNext('find', () =>
    Promise.reject(new SessionError('store_unavailable', { retryAfterSeconds: 7 })),
  );
  expect((await browser.get('/me').expect(503)).get('Retry-After')).toBe('7');
});

test('C-theft: what another device presents is not admitted beyond what its token allows', async () => {
  const bench = new HttpBench();
  const browser = await bench.signedIn();
  const stolen = browser.value(accessCookie)!;
  await browser.post('/logout').expect(200);
  await bench
    .browser()
    .get('/me', { Authorization: `Bearer ${stolen}` })
    .expect(401);
  await bench
    .browser()
    .get('/me', { Cookie: `${refreshCookie}=${browser.value(refreshCookie)}` })
    .expect(401);
});
