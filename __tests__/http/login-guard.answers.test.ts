import { Agent, request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import compression from 'compression';
import { loginPassed, type SessionManager, signIn } from '../../lib';
import { loginAttempt } from '../../lib/http/login-attempt';
import { listen } from '../harness/listen';
import { waitUntil } from '../harness/wait-until';
import { frameworks, type Handler, mount } from './fixtures/frameworks';
import { attempt, elsewhere, fail, failures, guardedBench, logIn, password, shown } from './fixtures/guarded-login';
import { parameters } from './fixtures/http-bench';

const second = 1_000;

/** Uses up the budget of the account while this handler runs, as parallel guesses do. */
async function useUp(sessions: SessionManager, account = 'alice'): Promise<void> {
  for (let failed = 0; failed < 4; failed++) await sessions.lockout.recordFailure({ account });
}

const page = '<p>Wrong email or password.</p>'.repeat(1_000);

/** Ways to say no. */
const refusals: readonly { how: string; status: number; body: string; refuse: Handler }[] = [
  {
    how: 'a plain answer',
    status: 401,
    body: 'wrong',
    refuse: (_req, res) => {
      res.statusCode = 401;
      res.end('wrong');
    },
  },
  {
    how: "passport's redirect",
    status: 302,
    body: '',
    refuse: (_req, res) => {
      res.writeHead(302, 'Try again', { Location: '/login', 'Content-Length': '0' });
      res.end();
    },
  },
  {
    how: 'a page in pieces',
    status: 200,
    body: page + page,
    refuse: async (_req, res) => {
      res.setHeader('Content-Type', 'text/html');
      res.write(page);
      await new Promise(setImmediate);
      res.end(page);
    },
  },
  {
    how: 'a piped page',
    status: 403,
    body: page,
    refuse: (_req, res) => {
      res.statusCode = 403;
      res.setHeader('Content-Type', 'text/html');
      Readable.from([page.slice(0, 40), page.slice(40)]).pipe(res);
    },
  },
];

describe.each(frameworks)('an answer behind loginGuard on $name', (framework) => {
  const cases = refusals.flatMap((refusal) =>
    (['none', 'before', 'after'] as const).map((compressed) => ({ ...refusal, compressed })),
  );

  test.each(cases)('A68 $how is held until the failure is counted, compression: $compressed', async (given) => {
    const { status, body, refuse, compressed } = given;
    const compress = compression() as unknown as Handler;
    let isLate = false;
    const bench = guardedBench({
      framework,
      before: (app) => {
        if (compressed === 'before') mount(app, '/', compress);
      },
      handler: (sessions) => async (req, res, next) => {
        if (isLate) await useUp(sessions);
        const answer = (): void => void Promise.resolve(refuse(req, res, next)).catch(next);
        if (compressed === 'after') compress(req, res, answer);
        else answer();
      },
    });
    const gzip = { ...elsewhere(), 'Accept-Encoding': 'gzip' };

    let countedAtFirst = -1;
    bench.store.interceptNext('count', (proceed) => proceed());
    bench.store.interceptNext('count', (proceed) => proceed());
    bench.store.interceptNext('count', async (proceed) => {
      countedAtFirst = await failures(bench);
      return proceed();
    });
    const answer = await attempt(bench.browser(), 'alice', 'wrong', gzip);
    expect(answer.status).toBe(status);
    expect(answer.text === body).toBe(true);
    expect([countedAtFirst, await failures(bench)]).toEqual([0, 1]);
    if (body === page) expect(answer.get('Content-Encoding')).toBe(compressed === 'none' ? undefined : 'gzip');

    await bench.sessions.lockout.unlock('alice');
    isLate = true;
    const late = await attempt(bench.browser(), 'alice', 'wrong', gzip);
    const early = await attempt(bench.browser(), 'alice', 'wrong', gzip);
    expect(late).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
    expect(shown(late)).toEqual(shown(early));
    expect(late.get('Retry-After')).toBe('1');
  });

  test('A68 headers that go first are held as well', async () => {
    const handler =
      (sessions: SessionManager): Handler =>
      async (_req, res) => {
        await useUp(sessions);
        res.flushHeaders();
        res.write(page);
        await new Promise(setImmediate);
        res.end(page);
      };
    const late = await attempt(guardedBench({ framework, handler }).browser());
    expect(late).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
  });

  test('a HEAD request is held and replaced without a body', async () => {
    let isLate = false;
    const handler =
      (sessions: SessionManager): Handler =>
      async (_req, res) => {
        if (isLate) await useUp(sessions);
        res.statusCode = 401;
        res.end('wrong');
      };
    const bench = guardedBench({ framework, handler });
    const ask = () => bench.browser().send('head', '/guarded?user=alice', elsewhere());
    expect(await ask()).toMatchObject({ status: 401 });
    expect(await failures(bench)).toBe(1);
    isLate = true;
    expect(await ask()).toMatchObject({ status: 429 });
  });

  test('a connection that is kept alive carries held, replaced and free answers in turn', async () => {
    const bench = guardedBench({ framework });
    const server = await listen(bench.app);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set<number | undefined>();
    const post = (word: string): Promise<[number | undefined, string]> =>
      new Promise((resolve, reject) => {
        const path = `/guarded?user=alice&password=${word}`;
        const headers = { 'X-Forwarded-Proto': 'https' };
        const request = httpRequest(server.url + path, { method: 'POST', agent, headers }, (answer) => {
          ports.add(answer.socket.localPort);
          let text = '';
          answer.on('data', (chunk) => (text += String(chunk)));
          answer.on('end', () => resolve([answer.statusCode, text]));
        });
        request.on('error', reject);
        request.end();
      });
    expect(await post(password)).toEqual([200, 'created']);
    for (let nth = 0; nth < 4; nth++) expect(await post('wrong')).toEqual([401, 'wrong email or password']);
    expect((await post('wrong'))[0]).toBe(429);
    bench.time.advance(second);
    expect(await post(password)).toEqual([200, 'created']);
    expect(ports.size).toBe(1);
    agent.destroy();
    await server.close();
  });

  test.each([{ words: ['wrong'] }, { words: [password] }])(
    'B2 the store down is 503 before any password is judged: $words',
    async ({ words: [word] }) => {
      const bench = guardedBench({ framework });
      bench.store.failNext('count');
      const answer = await attempt(bench.browser(), 'alice', word);
      expect(answer).toMatchObject({ status: 503, body: { code: 'store_unavailable' } });
      expect(answer.get('Retry-After')).toBe('1');
      expect(answer.get('Set-Cookie')).toBeUndefined();
    },
  );

  test('B2 a failure that cannot be counted is not answered, nor a right password let in: both are the same 503', async () => {
    const handler =
      (sessions: SessionManager): Handler =>
      async (req, res, next) => {
        bench.store.failNext('count', 2);
        res.setHeader('X-Login', parameters(req).get('password')!);
        await logIn(sessions)(req, res, next);
      };
    const bench = guardedBench({ framework, handler });
    // Neither success nor failure of the one before has used up the faults: each has its own app.
    const wrong = await attempt(bench.browser(), 'bob', 'wrong', {});
    expect(wrong).toMatchObject({ status: 503, body: { code: 'store_unavailable' } });
    const other = guardedBench({
      framework,
      handler: (sessions) => async (req, res, next) => {
        other.store.failNext('count', 2);
        await signIn(sessions, req, res, { userId: 'alice' }).then(() => res.end(), next);
      },
    });
    const right = await attempt(other.browser(), 'alice', password, {});
    expect(right.get('Set-Cookie')).toBeUndefined();
    expect(shown(right)).toEqual(shown(wrong));
    expect((await other.sessions.list('alice')).data).toEqual([]);
  });

  test('B2 loginPassed without the store is 503, whether or not its handler waits', async () => {
    for (const waits of [true, false]) {
      const handler = (): Handler => async (req, res) => {
        bench.store.failNext('count', 2);
        const passed = loginPassed(req);
        if (waits) await passed;
        res.end('on to the code');
      };
      const bench = guardedBench({ framework, handler });
      expect(await attempt(bench.browser())).toMatchObject({ status: 503, body: { code: 'store_unavailable' } });
    }
  });
});

test('B2 counts in memory where that is asked for, while the store is down', async () => {
  const bench = guardedBench({ options: { lockout: { whenUnavailable: 'memory' } } });
  bench.store.failNext('count', 4 * 4 + 2);
  expect(await fail(bench, 5)).toEqual([401, 401, 401, 401, 429]);
});

test('a bug in counting is a 500 and a warning, and the guess is not answered', async () => {
  const warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const handler = (): Handler => (_req, res) => {
    bench.store.interceptNext('count', () => Promise.reject(new TypeError('a bug')));
    res.end('wrong');
  };
  const bench = guardedBench({ handler });
  expect(await attempt(bench.browser())).toMatchObject({ status: 500, body: { code: 'internal_error' } });
  expect(warnings).toHaveBeenCalledWith('loginGuard failed: TypeError: a bug', expect.anything());
  warnings.mockRestore();
});

describe('what is settled once', () => {
  test('signIn called twice tells one success', async () => {
    const handler =
      (sessions: SessionManager): Handler =>
      async (req, res) => {
        await signIn(sessions, req, res, { userId: 'alice' });
        await signIn(sessions, req, res, { userId: 'alice' });
        res.end('in');
      };
    const bench = guardedBench({ handler });
    const calls = await bench.store.callsDuring(() => attempt(bench.browser(), 'alice', password));
    expect(calls.filter((name) => name === 'reset')).toHaveLength(1);
    expect(calls.filter((name) => name === 'count')).toHaveLength(4);
    expect(await failures(bench)).toBe(0);
  });

  test('a success that comes after the headers were counted is one all the same', async () => {
    const handler =
      (sessions: SessionManager): Handler =>
      async (req, res) => {
        res.flushHeaders();
        await waitUntil('it is counted', async () => (await failures(bench)) === 2);
        await loginAttempt(req, sessions)!.succeeded(null);
        res.end('late');
      };
    const bench = guardedBench({ handler });
    await bench.sessions.lockout.recordFailure({ account: 'alice' });
    expect((await attempt(bench.browser())).text).toBe('late');
    expect(await failures(bench)).toBe(0);
  });

  test('loginPassed before signIn is a success, after it nothing', async () => {
    const handler =
      (sessions: SessionManager): Handler =>
      async (req, res) => {
        await loginPassed(req);
        await signIn(sessions, req, res, { userId: 'alice' });
        res.end((await loginPassed(req)).status);
      };
    const bench = guardedBench({ handler });
    await bench.sessions.lockout.recordFailure({ account: 'alice' });
    expect((await attempt(bench.browser())).text).toBe('passed');
    expect(await failures(bench)).toBe(0);
  });

  test('A68 a success after an answer that cost nothing forgets nothing', async () => {
    const handler =
      (sessions: SessionManager): Handler =>
      async (req, res) => {
        res.statusCode = 503;
        res.end('timed out');
        await loginAttempt(req, sessions)!.succeeded(null);
        done();
      };
    let done: () => void = () => undefined;
    const isDone = new Promise<void>((resolve) => (done = resolve));
    const bench = guardedBench({ handler });
    await bench.sessions.lockout.recordFailure({ account: 'alice' });
    await attempt(bench.browser());
    await isDone;
    expect(await failures(bench)).toBe(1);
  });
});
