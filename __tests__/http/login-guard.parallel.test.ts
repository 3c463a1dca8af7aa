import { confirmLogin, loginGuard, loginPassed, requireSession, SessionManager, signIn } from '../../lib';
import { readDeviceId } from '../../lib/http/device-cookie';
import { RedisStore } from '../../lib/stores/redis/redis-store';
import { listen, type RunningServer } from '../harness/listen';
import { freshPrefix, testRedisUrl } from '../harness/test-redis';
import { type Answer, Browser } from './fixtures/browser';
import { express5, frameworks, type Handler, mount } from './fixtures/frameworks';
import { attempt, elsewhere, failures, guardedBench, logIn, password, shown } from './fixtures/guarded-login';
import { deviceCookie, HttpBench, parameters } from './fixtures/http-bench';

const many = 200;
const here = { 'X-Test-Ip': '192.0.2.9' };

/** So many at once. */
async function together(
  servers: readonly RunningServer[],
  word: (index: number) => string,
  from: () => Record<string, string> = elsewhere,
): Promise<Answer[]> {
  const attempts = Array.from({ length: many }, (_, index) =>
    attempt(new Browser(servers[index % servers.length]!.url), 'alice', word(index), from()),
  );
  return Promise.all(attempts);
}

function countOf(answers: readonly Answer[], wanted: number): number {
  return answers.filter(({ status }) => status === wanted).length;
}

/** Opens once so many have come to it. */
function gate(count: number): () => Promise<void> {
  let open: () => void = () => undefined;
  const isOpen = new Promise<void>((resolve) => (open = resolve));
  let waiting = 0;
  return () => {
    waiting += 1;
    if (waiting === count) open();
    return isOpen;
  };
}

describe.each(frameworks)('logins at once on $name', (framework) => {
  let server: RunningServer;
  afterEach(() => server.close());

  test('two hundred with the right password, on one account from one address, are all let in', async () => {
    const bench = guardedBench({ framework });
    server = await listen(bench.app);
    const answers = await together(
      [server],
      () => password,
      () => here,
    );
    expect(countOf(answers, 200)).toBe(many);
    expect(await failures(bench)).toBe(0);
  });

  test('A68 of two hundred with a wrong one as many are answered as come before the first delay', async () => {
    const bench = guardedBench({ framework });
    server = await listen(bench.app);
    const answers = await together([server], () => 'wrong');
    expect([countOf(answers, 401), countOf(answers, 429)]).toEqual([4, many - 4]);
    expect(await failures(bench)).toBe(4);
  });

  test('A68 A70 all of which the guard has let in: the right one comes last, makes no session and looks like the rest', async () => {
    const allIn = gate(many);
    let judged = 0;
    let rest: () => void = () => undefined;
    const isLast = new Promise<void>((resolve) => (rest = resolve));
    const handler =
      (sessions: SessionManager): Handler =>
      async (req, res, next) => {
        await allIn();
        const isRight = parameters(req).get('password') === password;
        if (isRight) await isLast;
        // What an app may say of a wrong password must not show among those that are refused.
        res.setHeader('X-Login', isRight ? 'right' : 'wrong');
        res.statusMessage = isRight ? 'Right' : 'Wrong';
        await logIn(sessions)(req, res, next);
        judged += 1;
        if (judged === many - 1) rest();
      };
    const bench = guardedBench({ framework, handler });
    server = await listen(bench.app);
    const answers = await together([server], (index) => (index === 7 ? password : 'wrong'));
    expect([countOf(answers, 401), countOf(answers, 429)]).toEqual([4, many - 4]);
    const right = answers[7]!;
    expect(right).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
    expect(right.get('Set-Cookie')).toBeUndefined();
    for (const answer of answers.filter(({ status }) => status === 429)) {
      expect(shown(answer)).toEqual(shown(right));
    }
    // As one that was refused before its password was read.
    expect(shown(await attempt(bench.browser()))).toEqual(shown(right));
    expect((await bench.sessions.list('alice')).data).toEqual([]);
    expect(await failures(bench)).toBe(4);
  });

  test('A70 a right one that comes too late is refused whatever its handler answers', async () => {
    const handler =
      (sessions: SessionManager): Handler =>
      async (req, res) => {
        await Promise.all(Array.from({ length: 4 }, () => sessions.lockout.recordFailure({ account: 'alice' })));
        const outcome = await signIn(sessions, req, res, { userId: 'alice' });
        res.setHeader('Content-Type', 'text/plain');
        res.end(`welcome: ${outcome.status}`);
      };
    const bench = guardedBench({ framework, handler });
    server = await listen(bench.app);
    const late = await attempt(bench.browser(), 'alice', password);
    expect(late).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
    expect(shown(late)).toEqual(shown(await attempt(bench.browser())));
    expect((await bench.sessions.list('alice')).data).toEqual([]);
  });

  test.each([
    { what: 'that waits for it', waits: true },
    { what: 'that does not', waits: false },
  ])('A68 a second factor is not begun by a handler $what where the password comes too late', async ({ waits }) => {
    const outcomes: unknown[] = [];
    const handler =
      (sessions: SessionManager): Handler =>
      async (req, res) => {
        await Promise.all(Array.from({ length: 4 }, () => sessions.lockout.recordFailure({ account: 'alice' })));
        const outcome = loginPassed(req);
        if (waits) outcomes.push(await outcome);
        res.writeHead(303, { Location: '/code', 'Set-Cookie': 'pending=alice' });
        res.end();
      };
    const bench = guardedBench({ framework, handler });
    server = await listen(bench.app);
    const late = await attempt(bench.browser(), 'alice', password);
    expect(late.get('Set-Cookie')).toBeUndefined();
    expect(shown(late)).toEqual(shown(await attempt(bench.browser())));
    expect(late.status).toBe(429);
    if (waits) expect(outcomes).toMatchObject([{ status: 'refused', error: { code: 'too_many_attempts' } }]);
    expect(await failures(bench)).toBe(4);
  });
});

test('A70 a fresh login that comes too late is refused as a wrong password, and its tokens stay', async () => {
  let outcome: unknown;
  const bench = new HttpBench({
    routes: (app, sessions) => {
      const guard = loginGuard(sessions, { account: () => 'alice' });
      mount(app, '/confirm', requireSession(sessions), guard, async (req, res) => {
        const known = { account: 'alice', client: { deviceId: readDeviceId(req, sessions.settings.cookies)! } };
        await Promise.all(Array.from({ length: 4 }, () => sessions.lockout.recordFailure(known)));
        outcome = await confirmLogin(sessions, req, res);
        res.end('fresh');
      });
    },
  });
  const owner = await bench.signedIn();
  await bench.sessions.lockout.recordSuccess({
    account: 'alice',
    client: { deviceId: owner.value(deviceCookie)! },
  });
  const before = owner.cookieHeader();
  await owner.post('/confirm').expect(429);
  expect(outcome).toMatchObject({ status: 'refused', error: { code: 'too_many_attempts' } });
  expect(owner.cookieHeader()).toBe(before);
  await owner.get('/me').expect(200);
});

test('A68 two nodes on one Redis: all right ones get in, and of wrong ones no more than on one', async () => {
  const prefix = freshPrefix();
  const nodes = await Promise.all(
    [1, 2].map(async () => {
      const sessions = new SessionManager({
        store: new RedisStore({ url: testRedisUrl(), prefix, deadline: '15s' }),
        // A busy machine may take longer than a delay lasts.
        lockout: { maxFailures: 4, maxFailuresPerPair: 4, action: 'block' },
      });
      const app = express5.create();
      const guard = loginGuard(sessions, { account: () => `alice-of-${prefix}` });
      mount(app, '/guarded', guard, logIn(sessions));
      return { sessions, server: await listen(app) };
    }),
  );
  const servers = nodes.map(({ server }) => server);
  expect(countOf(await together(servers, () => password), 200)).toBe(many);
  const answers = await together(servers, () => 'wrong');
  expect([countOf(answers, 401), countOf(answers, 429)]).toEqual([4, many - 4]);
  expect(countOf(await together(servers, () => password), 429)).toBe(many);
  for (const { sessions, server } of nodes) {
    await server.close();
    await sessions.close();
  }
}, 30_000);
