import type { Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  findSession,
  forceLogoutOnPasswordChange,
  type ForceLogoutOptions,
  getSession,
  requireSession,
  rotateTokens,
  signIn,
} from '../../lib';
import { refusalOf } from '../fixtures/refusal-of';
import { setCookiesOf } from './fixtures/browser';
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
    expect(browser.cookies.size).toBe(0);
    await old.get('/me').expect(401);
  });

  test('succeeded decides in place of the status', async () => {
    const bench = benchWith((_req, res) => void res.end('{"ok":false}'), { options: { succeeded: () => false } });
    const browser = await bench.signedIn();
    await browser.post('/password').expect(200);
    expect(bench.store.calls).not.toContain('revokeAll');
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
  expect(setCookiesOf(answer)).toHaveLength(2);
  await old.get('/me').expect(401);
  expect((await browser.get('/me').expect(200)).body).toMatchObject({ session: { id: answer.text } });
});

test('a client that leaves early does not keep the sessions alive', async () => {
  let finish: () => void = () => undefined;
  const bench = benchWith((_req, res) => {
    finish = () => void res.end('too late');
  });
  const [browser, other] = [await bench.signedIn(), await bench.signedIn()];
  const pending = browser
    .post('/password')
    .timeout(50)
    .catch(() => undefined);
  await pending;
  finish();
  await new Promise((resolve) => setTimeout(resolve, 20));
  await other.get('/me').expect(401);
});
