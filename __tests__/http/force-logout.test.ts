import type { Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  findSession,
  forceLogoutOnPasswordChange,
  type ForceLogoutOptions,
  getSession,
  passwordChanged,
  requireSession,
  rotateTokens,
  type SessionManager,
  signIn,
  signOut,
} from '../../lib';
import { refusalOf } from '../fixtures/refusal-of';
import { waitUntil } from '../harness/wait-until';
import { type Browser, setCookiesOf } from './fixtures/browser';
import { express5, frameworks, type Framework, type Handler, mount } from './fixtures/frameworks';
import { HttpBench } from './fixtures/http-bench';

interface Setting {
  readonly framework?: Framework;
  readonly options?: ForceLogoutOptions;
  /** false: nothing asks for a session before. */
  readonly guard?: boolean;
}

function benchWith(
  handler: Handler,
  { framework = express5, options = {}, guard = true }: Setting = {},
): HttpBench {
  return new HttpBench({
    framework,
    routes: (app, sessions) => {
      if (guard) mount(app, '/password', requireSession(sessions));
      mount(app, '/password', forceLogoutOnPasswordChange(sessions, options), handler);
    },
  });
}

const express = (res: unknown): Response => res as Response;

/** Every way in which handlers answer, and what arrives. */
const answers: readonly { how: string; handler: Handler; status: number; text: string; connect?: false }[] = [
  { how: 'end', handler: (_req, res) => res.end('done'), status: 200, text: 'done' },
  {
    how: 'writeHead, write, write, end',
    handler: (_req, res) => {
      res.writeHead(201, 'Made', { 'Content-Type': 'text/plain', 'X-Kept': 'yes' });
      res.write('one ');
      res.write(Buffer.from('two '));
      res.end('three');
    },
    status: 201,
    text: 'one two three',
  },
  {
    how: 'headers flushed first',
    handler: (_req, res) => {
      res.flushHeaders();
      setImmediate(() => res.end('later'));
    },
    status: 200,
    text: 'later',
  },
  {
    how: 'a stream',
    handler: (_req, res) => pipeline(Readable.from(large()), res),
    status: 200,
    text: large().join(''),
  },
  {
    how: 'an async handler',
    handler: async (_req, res) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      res.end('awaited');
    },
    status: 200,
    text: 'awaited',
  },
  {
    how: 'res.json',
    handler: (_req, res) => express(res).json({ ok: true }),
    status: 200,
    text: '{"ok":true}',
    connect: false,
  },
  {
    how: 'res.sendStatus',
    handler: (_req, res) => express(res).sendStatus(204),
    status: 204,
    text: '',
    connect: false,
  },
  {
    how: 'res.redirect',
    handler: (_req, res) => express(res).redirect(303, '/done'),
    status: 303,
    text: 'See Other. Redirecting to /done',
    connect: false,
  },
];

function large(): string[] {
  return Array.from({ length: 40 }, (_, index) => String(index % 10).repeat(10_000));
}

describe.each(frameworks)('forceLogoutOnPasswordChange on $name', (framework) => {
  const possible = answers.filter(({ connect }) => connect !== false || framework.name !== 'Connect');

  test.each(possible)('A34: lets $how go once the other sessions have ended', async ({ handler, status, text }) => {
    const bench = benchWith(handler, { framework });
    const [browser, other] = [await bench.signedIn(), await bench.signedIn()];
    const old = browser.tab();
    const answer = await browser.post('/password').expect(status);
    expect(answer.text).toBe(text);
    expect(setCookiesOf(answer)).toHaveLength(2);
    expect(answer.get('Cache-Control')).toBe('no-store');
    expect((await other.get('/me').expect(401)).body).toMatchObject({ reason: 'password_changed' });
    await old.get('/me').expect(401);
    await browser.get('/me').expect(200);
  });

  test.each(possible)('answers 503 in place of $how when the store is down', async ({ handler }) => {
    const bench = benchWith(handler, { framework });
    const browser = await bench.signedIn();
    bench.store.failNext('revokeAll');
    const answer = await browser.post('/password').expect(503);
    expect(answer.body).toMatchObject({ code: 'sessions_not_revoked' });
    expect(answer.get('Content-Type')).toBe('application/problem+json');
    expect(answer.get('Set-Cookie')).toBeUndefined();
    expect(answer.get('Location')).toBeUndefined();
    await bench.sessions.close();
  });

  test('a failed change ends nothing and is not held', async () => {
    const bench = benchWith(
      (_req, res) => {
        res.statusCode = 422;
        res.end('wrong');
      },
      { framework },
    );
    const [browser, other] = [await bench.signedIn(), await bench.signedIn()];
    expect((await browser.post('/password').expect(422)).text).toBe('wrong');
    await other.get('/me').expect(200);
    expect(bench.store.calls).not.toContain('revokeAll');
  });

  test('a handler that throws ends nothing', async () => {
    const bench = benchWith(() => Promise.reject(new Error('no such password')), { framework });
    const browser = await bench.signedIn();
    expect((await browser.post('/password').expect(500)).text).toBe('unhandled: no such password');
    expect(bench.store.calls).not.toContain('revokeAll');
  });

  test('without a session and without userId it refuses before the handler runs', async () => {
    const handler = jest.fn();
    const bench = benchWith(handler, { framework, guard: false });
    expect((await bench.browser().post('/password').expect(401)).body).toMatchObject({ code: 'no_session' });
    expect(handler).not.toHaveBeenCalled();
  });
});

describe('what arrives', () => {
  test('is held until the store has answered', async () => {
    let released = false;
    const bench = benchWith((_req, res) => void res.end('done'));
    const browser = await bench.signedIn();
    bench.store.interceptNext('revokeAll', async (proceed) => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      released = true;
      return proceed();
    });
    await browser.post('/password').expect(200);
    expect(released).toBe(true);
  });

  test('keeps status text and headers that writeHead was given', async () => {
    const bench = benchWith(answers[1]!.handler);
    const browser = await bench.signedIn();
    const answer = await browser.post('/password').expect(201);
    expect(answer.get('X-Kept')).toBe('yes');
    expect((answer as unknown as { res: { statusMessage: string } }).res.statusMessage).toBe('Made');
  });

  test('in place of a failed one keeps the headers that hold for any answer', async () => {
    const bench = benchWith((_req, res) => {
      res.setHeader('Access-Control-Allow-Origin', 'https://app.example.com');
      res.setHeader('Content-Security-Policy', "default-src 'self'");
      res.setHeader('ETag', '"1"');
      res.setHeader('Content-Disposition', 'attachment');
      res.end('x'.repeat(100));
    });
    const browser = await bench.signedIn();
    bench.store.failNext('revokeAll');
    const answer = await browser.post('/password').expect(503);
    expect(answer.get('Access-Control-Allow-Origin')).toBe('https://app.example.com');
    expect(answer.get('Content-Security-Policy')).toBe("default-src 'self'");
    expect(answer.get('ETag')).toBeUndefined();
    expect(answer.get('Content-Disposition')).toBeUndefined();
    await bench.sessions.close();
  });

  test.each<[string, Handler]>([
    ['writeHead', (_req, res) => void res.writeHead(201, 'Made').end()],
    [
      'statusMessage',
      (_req, res) => {
        res.statusMessage = 'Made';
        res.end();
      },
    ],
  ])('in place of a failed one does not keep the status text that %s was given', async (_name, handler) => {
    const bench = benchWith(handler);
    const browser = await bench.signedIn();
    bench.store.failNext('revokeAll');
    const answer = await browser.post('/password').expect(503);
    expect((answer as unknown as { res: { statusMessage: string } }).res.statusMessage).toBe('Service Unavailable');
    await bench.sessions.close();
  });

  test('may be held open by an error after it began: the connection breaks, and the sessions end all the same', async () => {
    const bench = benchWith(async (_req, res) => {
      res.write('half');
      throw new Error('then this');
    });
    const [browser, other] = [await bench.signedIn(), await bench.signedIn()];
    await expect(browser.post('/password')).rejects.toThrow(/aborted|hang up/);
    await other.get('/me').expect(401);
  });

  test('is cut off where a writer ignores backpressure for megabytes', async () => {
    const bench = benchWith((_req, res) => {
      const chunk = Buffer.alloc(4 * 1024 * 1024);
      for (let count = 0; count < 6; count++) res.write(chunk);
    });
    const browser = await bench.signedIn();
    await expect(browser.post('/password')).rejects.toThrow(/aborted|hang up/);
  });
});

describe('options', () => {
  test('keepCurrent: false ends the session that asked, and clears its cookies', async () => {
    const bench = benchWith((_req, res) => void res.end(), { options: { keepCurrent: false } });
    const browser = await bench.signedIn();
    const old = browser.tab();
    await browser.post('/password').expect(200);
    expect(browser.tokenCookies()).toEqual([]);
    await old.get('/me').expect(401);
  });

  test('succeeded decides in place of the status', async () => {
    const bench = benchWith((_req, res) => void res.end('{"ok":false}'), { options: { succeeded: () => false } });
    const browser = await bench.signedIn();
    await browser.post('/password').expect(200);
    expect(bench.store.calls).not.toContain('revokeAll');
  });

  test.each([
    ['/changed', true],
    ['/wrong-password', false],
  ])('succeeded tells a form app’s redirects apart: %s', async (to, changed) => {
    const bench = benchWith(
      (_req, res) => {
        express(res).locals['passwordChanged'] = changed;
        express(res).redirect(303, to);
      },
      { options: { succeeded: (_req, res) => express(res).locals['passwordChanged'] === true } },
    );
    const [browser, other] = [await bench.signedIn(), await bench.signedIn()];
    const answer = await browser.post('/password').expect(303);
    expect(answer.get('Location')).toBe(to);
    expect(setCookiesOf(answer)).toHaveLength(changed ? 2 : 0);
    await other.get('/me').expect(changed ? 401 : 200);
    await browser.get('/me').expect(200);
  });

  test('userId and succeeded together serve a reset without a session, JSON or form', async () => {
    const options: ForceLogoutOptions = {
      userId: (req) => (req as unknown as { resetFor?: string }).resetFor,
      succeeded: (_req, res) => res.statusCode === 303,
    };
    const handler: Handler = (req, res) => {
      Object.assign(req, { resetFor: 'alice' });
      if (req.url?.includes('expired')) return void res.end('<p>That link has expired.</p>');
      return express(res).redirect(303, '/login-page');
    };
    const bench = benchWith(handler, { options, guard: false });
    const browser = await bench.signedIn();
    await bench.browser().post('/password?expired').expect(200);
    await browser.get('/me').expect(200);
    await bench.browser().post('/password').expect(303);
    expect((await browser.get('/me').expect(401)).body).toMatchObject({ reason: 'password_changed' });
  });

  test('userId names whose, once the handler knows', async () => {
    const options: ForceLogoutOptions = { userId: (req) => (req as unknown as { resetFor?: string }).resetFor };
    const handler: Handler = (req, res) => {
      Object.assign(req, { resetFor: 'alice' });
      res.end('reset');
    };
    const bench = benchWith(handler, { options, guard: false });
    const browser = await bench.signedIn();
    expect((await bench.browser().post('/password').expect(200)).text).toBe('reset');
    await browser.get('/me').expect(401);
  });

  test('userId that finds nobody lets the answer go', async () => {
    const bench = benchWith((_req, res) => void res.end('mail sent'), {
      options: { userId: () => undefined },
      guard: false,
    });
    expect((await bench.browser().post('/password').expect(200)).text).toBe('mail sent');
  });

  test.each([
    [
      'succeeded',
      {
        succeeded: () => {
          throw new Error('oops');
        },
      },
    ],
    ['userId', { userId: () => 'x'.repeat(10_000) }],
  ])('%s that fails is 500 and a warning, never a silent success', async (_name, options) => {
    const warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const bench = benchWith((_req, res) => void res.end('done'), { options });
    const browser = await bench.signedIn();
    const { body } = await browser.post('/password').expect(500);
    expect(body).toEqual({
      type: expect.any(String) as string,
      title: 'Internal error',
      status: 500,
      code: 'internal_error',
    });
    expect(warnings).toHaveBeenCalledWith(
      expect.stringContaining('forceLogoutOnPasswordChange failed'),
      expect.anything(),
    );
    warnings.mockRestore();
  });

  test.each([
    [{ keepCurent: true }, "forceLogoutOnPasswordChange.keepCurent: unknown option; did you mean 'keepCurrent'?"],
    [{ keepCurrent: 'yes' }, "forceLogoutOnPasswordChange.keepCurrent: expected true or false, got 'yes'"],
    [{ userId: 'alice' }, "forceLogoutOnPasswordChange.userId: expected a function, got 'alice'"],
  ])('%j is refused, with the fix', (options, message) => {
    const { sessions } = new HttpBench();
    expect(refusalOf(() => forceLogoutOnPasswordChange(sessions, options as never)).message).toBe(message);
  });
});

describe('bearer clients', () => {
  test('end too: the answer has no room for their new tokens', async () => {
    const bench = benchWith((_req, res) => void res.end());
    const { accessToken } = await bench.bearer();
    const headers = { Authorization: `Bearer ${accessToken}` };
    expect((await bench.browser().post('/password', headers).expect(200)).get('Set-Cookie')).toBeUndefined();
    await bench.browser().get('/me', headers).expect(401);
  });

  test('stay where the handler itself has given them new tokens', async () => {
    let bench: HttpBench | undefined = undefined as HttpBench | undefined;
    bench = benchWith(async (req, res) => {
      const outcome = await rotateTokens(bench!.sessions, req, res);
      res.end(outcome.status === 'reissued' ? outcome.tokens!.accessToken : '');
    });
    const { accessToken } = await bench.bearer();
    const { text } = await bench
      .browser()
      .post('/password', { Authorization: `Bearer ${accessToken}` })
      .expect(200);
    await bench
      .browser()
      .get('/me', { Authorization: `Bearer ${text}` })
      .expect(200);
  });
});

test('a reset that signs in at once keeps that session and ends the rest', async () => {
  let bench: HttpBench | undefined = undefined as HttpBench | undefined;
  bench = benchWith(
    async (req, res) => {
      await signIn(bench!.sessions, req, res, { userId: 'alice', startedAt: await bench!.sessions.now() });
      res.writeHead(200, { 'Content-Type': 'text/plain' });
      res.end(getSession(req).id);
    },
    { options: { userId: (req) => findSession(req)?.userId }, guard: false },
  );
  const [old, browser] = [await bench.signedIn(), bench.browser()];
  const answer = await browser.post('/password').expect(200);
  expect(browser.tokenCookies()).toHaveLength(2);
  await old.get('/me').expect(401);
  expect((await browser.get('/me').expect(200)).body).toMatchObject({ session: { id: answer.text } });
});

type SessionHandler = (sessions: SessionManager, ...args: Parameters<Handler>) => unknown;

/** A bench whose handler knows its manager. */
function benchAround(handler: SessionHandler, setting: Setting = {}): HttpBench {
  const bench: HttpBench = benchWith((...args) => handler(bench.sessions, ...args), setting);
  return bench;
}

describe('a handler that', () => {
  const signsOut: SessionHandler = async (sessions, req, res) => {
    await signOut(sessions, req, res);
    res.end('please sign in again');
  };

  test.each([{}, { keepCurrent: false }])('signs out ends the other sessions too (%j)', async (options) => {
    const bench = benchAround(signsOut, { options });
    const [browser, other] = [await bench.signedIn(), await bench.signedIn()];
    const old = browser.tab();
    await browser.post('/password').expect(200);
    expect(browser.tokenCookies()).toEqual([]);
    expect((await other.get('/me').expect(401)).body).toMatchObject({ reason: 'password_changed' });
    expect((await old.get('/me').expect(401)).body).toMatchObject({ reason: 'signed_out' });
  });

  test('signs a bearer client out ends the other sessions too', async () => {
    const bench = benchAround(signsOut);
    const [{ accessToken }, other] = [await bench.bearer(), await bench.signedIn()];
    const headers = { Authorization: `Bearer ${accessToken}` };
    await bench.browser().post('/password', headers).expect(200);
    await other.get('/me').expect(401);
    await bench.browser().get('/me', headers).expect(401);
  });

  test('signs out is held to a userId that finds nobody', async () => {
    const bench = benchAround(signsOut, { options: { userId: () => undefined } });
    const [browser, other] = [await bench.signedIn(), await bench.signedIn()];
    await browser.post('/password').expect(200);
    await other.get('/me').expect(200);
  });

  test.each([{}, { keepCurrent: false }])('signs in anew keeps that session and no other (%j)', async (options) => {
    const bench = benchAround(
      async (sessions, req, res) => {
        await signOut(sessions, req, res);
        await signIn(sessions, req, res, { userId: 'alice', startedAt: await sessions.now() });
        res.end();
      },
      { options },
    );
    const [browser, other] = [await bench.signedIn(), await bench.signedIn()];
    const old = browser.tab();
    await browser.post('/password').expect(200);
    await browser.get('/me').expect(200);
    await other.get('/me').expect(401);
    await old.get('/me').expect(401);
  });

  test('signs in as somebody else ends the sessions of the user who came', async () => {
    const bench = benchAround(async (sessions, req, res) => {
      await signIn(sessions, req, res, { userId: 'bob', startedAt: await sessions.now() });
      res.end();
    });
    const [browser, other] = [await bench.signedIn(), await bench.signedIn()];
    await browser.post('/password').expect(200);
    expect((await browser.get('/me').expect(200)).body).toMatchObject({ session: { userId: 'bob' } });
    await other.get('/me').expect(401);
  });

  const renewals: readonly [string, SessionHandler][] = [
    ['rotates the tokens', (sessions, req, res) => rotateTokens(sessions, req, res)],
    ['calls passwordChanged', (sessions, req, res) => passwordChanged(sessions, req, res)],
  ];

  test.each(renewals)(
    '%s itself keeps the session, with the tokens it has just been given',
    async (_name, renew) => {
      const bench = benchAround(async (...args) => {
        const { tokens } = (await renew(...args)) as { tokens?: { accessToken: string } };
        args[2].end(tokens?.accessToken);
      });
      const [browser, { accessToken }] = [await bench.signedIn('user=bob'), await bench.bearer()];
      await browser.post('/password').expect(200);
      await browser.get('/me').expect(200);

      const answer = await bench
        .browser()
        .post('/password', { Authorization: `Bearer ${accessToken}` })
        .expect(200);
      await bench
        .browser()
        .get('/me', { Authorization: `Bearer ${answer.text}` })
        .expect(200);
    },
  );

  test.each(renewals)('%s itself loses the session to keepCurrent: false', async (_name, renew) => {
    const bench = benchAround(
      async (...args) => {
        await renew(...args);
        args[2].end();
      },
      { options: { keepCurrent: false } },
    );
    const browser = await bench.signedIn();
    const old = browser.tab();
    await browser.post('/password').expect(200);
    expect(browser.tokenCookies()).toEqual([]);
    await old.get('/me').expect(401);
  });
});

test('a request that another change of password has overtaken gets no new tokens', async () => {
  let resume: () => void = () => undefined;
  const bench = benchWith(async (req, res) => {
    if (req.url?.includes('parked')) await new Promise<void>((resolve) => (resume = resolve));
    res.end('done');
  });
  const browser = await bench.signedIn();
  const thief = browser.tab();
  const parked = thief.post('/password?parked').then((answer) => answer);
  await waitUntil('the request is admitted', () => bench.store.calls.includes('find'));
  await browser.post('/password').expect(200);
  resume();
  expect((await parked).get('Set-Cookie')).toBeUndefined();
  await thief.get('/me').expect(401);
});

describe('a client that leaves', () => {
  let meanwhile: (res: Parameters<Handler>[1]) => unknown;
  let seen: Parameters<Handler>[1] | undefined;
  let bench: HttpBench;
  let browser: Browser;
  let other: Browser;
  let old: Browser;

  const revocations = (): number => bench.store.calls.filter((verb) => verb === 'revokeAll').length;

  async function leave(options: ForceLogoutOptions = {}): Promise<void> {
    seen = undefined;
    bench = benchWith(
      (_req, res) => {
        meanwhile(res);
        seen = res;
      },
      { options },
    );
    browser = await bench.signedIn();
    other = await bench.signedIn();
    old = browser.tab();
    await browser
      .post('/password')
      .timeout(50)
      .catch(() => undefined);
    await waitUntil('the server has seen it leave', () => seen?.destroyed === true);
    // One turn for what has been settled in memory.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }

  beforeEach(() => {
    meanwhile = () => undefined;
  });

  test('before the handler has answered ends the sessions, even if it never does', async () => {
    await leave();
    expect((await other.get('/me').expect(401)).body).toMatchObject({ reason: 'password_changed' });
  });

  test('does not keep a session whose new tokens nobody would get', async () => {
    await leave();
    expect((await old.get('/me').expect(401)).body).toMatchObject({ reason: 'password_changed' });
  });

  test('ends nothing where the change is known to have failed', async () => {
    meanwhile = (res) => (res.statusCode = 422);
    await leave();
    await other.get('/me').expect(200);
  });

  test('ends nothing where succeeded says so', async () => {
    await leave({ succeeded: () => false });
    await other.get('/me').expect(200);
  });

  test('before the password is changed does not let in who signs in with the old one until then', async () => {
    await leave();
    const early = await bench.signedIn();
    seen!.end('too late');
    await waitUntil('the late answer is settled', () => revocations() === 2);
    await early.get('/me').expect(401);
  });

  test('while the store is down leaves the attempt to the background, and no warning', async () => {
    const warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    meanwhile = () => bench.store.failNext('revokeAll');
    await leave();
    await waitUntil('the background has tried', () => revocations() >= 2);
    await other.get('/me').expect(401);
    expect(warnings).not.toHaveBeenCalled();
    warnings.mockRestore();
    await bench.sessions.close();
  });

  test('makes a failing option a warning, as there is nobody to tell', async () => {
    const warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const succeeded = (): never => {
      throw new Error('oops');
    };
    await leave({ succeeded });
    expect(warnings).toHaveBeenCalledWith(expect.stringContaining('oops'), expect.anything());
    warnings.mockRestore();
  });
});
