import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import express from 'express';
import { problem } from '../../lib/contract/problem';
import { type Middleware, redeemedToken, requireOneTimeToken, type RequireOneTimeTokenOptions } from '../../lib';
import { refusalOf } from '../fixtures/refusal-of';
import type { Answer } from './fixtures/browser';
import { type Framework, frameworks, type Handler, mount, type TestApp } from './fixtures/frameworks';
import { HttpBench } from './fixtures/http-bench';

const purpose = 'registration';
const header = 'X-One-Time-Token';

const showToken: Handler = (req, res) => {
  res.setHeader('Content-Type', 'application/json');
  res.end(JSON.stringify(redeemedToken(req)));
};

function open(options: Partial<RequireOneTimeTokenOptions> = {}, framework?: Framework): HttpBench {
  return new HttpBench({
    ...(framework && { framework }),
    routes: (app, sessions) =>
      mount(app, '/register', requireOneTimeToken(sessions, { purpose, ...options }), showToken),
  });
}

async function issued(bench: HttpBench, changes: object = {}): Promise<string> {
  const { token } = await bench.sessions.oneTimeTokens.issue({ purpose, lifetime: '1h', ...changes });
  return token;
}

function refusedWith(answer: Answer): unknown {
  const { code, reason } = problem.parse(answer.body);
  return [answer.status, code, reason];
}

const code = 'one_time_token_invalid';

describe.each(frameworks)('on $name', (framework) => {
  test('a request with a good token passes, and the handler is told what it was issued with', async () => {
    const bench = open({}, framework);
    const token = await issued(bench, { userId: 'alice', data: { role: 'editor' } });
    const answer = await bench
      .browser()
      .post('/register', { [header]: token })
      .expect(200);
    expect(answer.body).toEqual({ purpose, userId: 'alice', data: { role: 'editor' } });
    const again = await bench.browser().post('/register', { [header]: token });
    expect(refusedWith(again)).toEqual([403, code, 'spent']);
    expect([again.headers['content-type'], again.headers['cache-control']]).toEqual([
      'application/problem+json',
      'no-store',
    ]);
    const { data } = await bench.sessions.history('alice');
    expect(data[0]).toMatchObject({ event: 'one_time_token_refused', reason: 'spent', ip: '127.0.0.1' });
  });

  test('without a token, with an expired one and with none that there is: 403 with the reason', async () => {
    const bench = open({}, framework);
    expect(refusedWith(await bench.browser().post('/register'))).toEqual([403, code, 'missing']);
    expect(refusedWith(await bench.browser().post('/register', { [header]: '' }))).toEqual([403, code, 'missing']);
    expect(refusedWith(await bench.browser().post('/register', { [header]: 'x' }))).toEqual([403, code, 'invalid']);
    const token = await issued(bench, { lifetime: '10s' });
    bench.time.advance(10_000);
    const late = await bench.browser().post('/register', { [header]: token });
    expect(refusedWith(late)).toEqual([403, code, 'expired']);
  });

  test('A32 a store that does not answer: 503, and the token is good afterwards', async () => {
    const bench = open({}, framework);
    const token = await issued(bench);
    bench.store.failNext('consumeOneTime');
    const answer = await bench
      .browser()
      .post('/register', { [header]: token })
      .expect(503);
    expect([problem.parse(answer.body).code, answer.headers['retry-after']]).toEqual(['store_unavailable', '1']);
    await bench
      .browser()
      .post('/register', { [header]: token })
      .expect(200);
  });
});

test('A7 a token for something else is refused, and not spent by that', async () => {
  const bench = open();
  const token = await issued(bench, { purpose: 'login' });
  const answer = await bench.browser().post('/register', { [header]: token });
  expect(refusedWith(answer)).toEqual([403, code, 'invalid']);
  expect((await bench.sessions.oneTimeTokens.redeem(token, { purpose: 'login' })).status).toBe('redeemed');
});

test('A7 of a hundred parallel requests with one token, one passes', async () => {
  const bench = open();
  const token = await issued(bench);
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => bench.browser().post('/register', { [header]: token })),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 403)).toHaveLength(99);
});

describe('A49 a token in the URL', () => {
  test.each(['token', 'one_time_token', 'X-One-Time-Token', 'access_token'])(
    'as ?%s= is not looked for, and not spent',
    async (name) => {
      const bench = open();
      const token = await issued(bench);
      const answer = await bench.browser().post(`/register?${name}=${token}`);
      expect(refusedWith(answer)).toEqual([403, code, 'missing']);
      await bench
        .browser()
        .post('/register', { [header]: token })
        .expect(200);
    },
  );

  test('is refused also where the app takes it from there, and not spent', async () => {
    const fromUrl = (req: IncomingMessage): string | undefined =>
      new URLSearchParams(req.url?.split('?')[1]).get('token') ?? undefined;
    const bench = open({ token: fromUrl });
    const token = await issued(bench);
    const answer = await bench.browser().post(`/register?token=${token}`);
    expect(refusedWith(answer)).toEqual([403, code, 'missing']);
    expect(problem.parse(answer.body).detail).toContain('URL');
    expect((await bench.sessions.oneTimeTokens.redeem(token, { purpose })).status).toBe('redeemed');
  });
});

test('the app can take the token from the body; the header does not count then', async () => {
  const token = (req: IncomingMessage) => (req as { body?: { invitation?: string } }).body?.invitation;
  const bench = new HttpBench({
    before: (app) => void app.use('/', express.json() as never),
    routes: (app, sessions) =>
      mount(app, '/register', requireOneTimeToken(sessions, { purpose, token }), showToken),
  });
  const given = await issued(bench);
  const wrong = await bench.browser().post('/register', { [header]: given });
  expect(refusedWith(wrong)).toEqual([403, code, 'missing']);
  await bench.browser().post('/register').send({ invitation: given }).expect(200);
  const nonsense = await bench
    .browser()
    .post('/register')
    .send({ invitation: { $ne: null } });
  expect(refusedWith(nonsense)).toEqual([403, code, 'invalid']);
});

test('A56 B23 a token that is too large is refused, and nobody asks the store', async () => {
  const token = (req: IncomingMessage) => (req as { body?: { token?: string } }).body?.token;
  const bench = new HttpBench({
    before: (app) => void app.use('/', express.json({ limit: '2mb' }) as never),
    routes: (app, sessions) =>
      mount(app, '/register', requireOneTimeToken(sessions, { purpose, token }), showToken),
  });
  const calls = await bench.store.callsDuring(async () => {
    for (const length of [60, 1_000_000]) {
      const huge = await bench
        .browser()
        .post('/register')
        .send({ token: 'sot_'.padEnd(length, 'A') });
      expect(refusedWith(huge)).toEqual([403, code, 'invalid']);
    }
  });
  expect(calls).toEqual([]);
});

test('the app may answer in its place, but not for a store that is away', async () => {
  const onDenied: NonNullable<RequireOneTimeTokenOptions['onDenied']> = (_req, res, _next, error) => {
    res.statusCode = 302;
    res.setHeader('Location', `/invitation?why=${error.reason}`);
    res.end();
  };
  const bench = open({ onDenied });
  const answer = await bench.browser().post('/register').expect(302);
  expect(answer.headers['location']).toBe('/invitation?why=missing');
  bench.store.failNext('consumeOneTime');
  await bench
    .browser()
    .post('/register', { [header]: await issued(bench) })
    .expect(503);
});

test('a function of the app that throws goes to the error handlers, and spends nothing', async () => {
  const bench = open({
    token: () => {
      throw new Error('broken');
    },
  });
  const answer = await bench.browser().post('/register').expect(500);
  expect(answer.text).toBe('unhandled: broken');
});

test('with more uses a form may come again; mounted twice it takes one use a request', async () => {
  const bench = new HttpBench({
    routes: (app, sessions) => {
      const guard = requireOneTimeToken(sessions, { purpose });
      mount(app, '/register', guard, guard, showToken);
    },
  });
  const token = await issued(bench, { maxUses: 2 });
  const post = () => bench.browser().post('/register', { [header]: token });
  await post().expect(200);
  await post().expect(200);
  await post().expect(403);
});

test('with two purposes both tokens are wanted; the handler is told of the last, and of each by its manager', async () => {
  const other = new HttpBench();
  const seen: unknown[] = [];
  const body = (name: string) => (req: IncomingMessage) => req.headers[name] as string | undefined;
  const bench = new HttpBench({
    routes: (app: TestApp, sessions) =>
      mount(
        app,
        '/both',
        requireOneTimeToken(sessions, { purpose, token: body('x-first') }),
        requireOneTimeToken(other.sessions, { purpose: 'login', token: body('x-second') }),
        (req, res) => {
          seen.push(redeemedToken(req).purpose, redeemedToken(req, sessions).purpose);
          seen.push(redeemedToken(req, other.sessions).purpose);
          res.end();
        },
      ),
  });
  const first = await issued(bench);
  const second = await issued(other, { purpose: 'login' });
  await bench.browser().post('/both', { 'X-First': first, 'X-Second': second }).expect(200);
  expect(seen).toEqual(['login', purpose, 'login']);
});

test('where no middleware ran, asking for the token is refused', () => {
  const error = refusalOf(() => redeemedToken(new IncomingMessage(new Socket())));
  expect([error.code, error.reason]).toEqual([code, 'missing']);
});

test.each([
  [{}, 'requireOneTimeToken.purpose: expected'],
  [{ purpose: 'Login' }, 'requireOneTimeToken.purpose: expected'],
  [{ purpose: 'limit_resolution' }, 'requireOneTimeToken.purpose: expected'],
  [{ purpose, token: 'header' }, 'requireOneTimeToken.token: expected a function'],
  [{ purpose, onDenied: true }, 'requireOneTimeToken.onDenied: expected a function'],
  [{ purpose, loginUrl: '/login' }, 'requireOneTimeToken.loginUrl: unknown option'],
])('options are checked when it is made: %j', (options, problemText) => {
  const { sessions } = new HttpBench();
  const make = (): Middleware => requireOneTimeToken(sessions, options as RequireOneTimeTokenOptions);
  const error = refusalOf(make);
  expect([error.code, error.detail]).toEqual(['options_invalid', expect.stringContaining(problemText)]);
});
