import { mintApiSecret, apiSecretHash } from '../../../../lib/tokens/api-secret';
import { storeKinds } from '../../../fixtures/stores';
import { mount } from '../../fixtures/frameworks';
import { HttpBench } from '../../fixtures/http-bench';
import { AdminBench, base } from '../fixtures/admin-bench';
import { adminRouter } from '../../../../lib';
import request from 'supertest';

const path = '/users/alice/sessions';
const [good, other, ended] = [mintApiSecret(), mintApiSecret(), mintApiSecret()];
const scopes = ['users:read'] as const;
const secrets = [
  { id: 'good', hash: apiSecretHash(good)!, scopes },
  { id: 'other', hash: apiSecretHash(other)!, scopes },
  { id: 'ended', hash: apiSecretHash(ended)!, scopes, expiresAt: '2020-01-01' },
];

interface Caller {
  readonly ip?: string;
  readonly secret?: string;
  readonly method?: 'get' | 'delete';
  readonly browser?: boolean;
}

describe.each(storeKinds)('refused calls on $name', ({ open }) => {
  let bench: HttpBench;

  beforeEach(() => {
    bench = new HttpBench({
      store: open(),
      before: (app) =>
        mount(app, '/', (req, _res, next) => {
          const ip = req.headers['x-test-ip'];
          if (ip !== undefined) Object.defineProperty(req, 'ip', { value: ip });
          next();
        }),
      routes: (app, sessions) => mount(app, base, adminRouter(sessions, { secrets })),
    });
  });

  afterEach(() => bench.sessions.close());

  async function call({ ip = '192.0.2.1', secret, method = 'get', browser = false }: Caller) {
    const client = request(bench.app);
    const answer = await client[method](base + path).set({
      'X-Test-Ip': ip,
      ...(secret !== undefined && { Authorization: `Bearer ${secret}` }),
      ...(browser && { Origin: 'https://app.example.com' }),
    });
    return {
      status: answer.status,
      retryAfter: answer.headers['retry-after'],
      code: (answer.body as { code?: string }).code,
    };
  }

  async function statuses(count: number, caller: Caller): Promise<number[]> {
    const all = [];
    for (let index = 0; index < count; index++) all.push((await call(caller)).status);
    return all;
  }

  const logged = async () => (await bench.sessions.access.history({ limit: 100 })).data;
  const times = <Value>(count: number, value: Value): Value[] => Array.from({ length: count }, () => value);

  test('wrong secrets of an address wait after twenty, and one entry tells of it', async () => {
    const wrong = { secret: mintApiSecret() };
    expect(await statuses(25, wrong)).toEqual([...times(20, 401), ...times(5, 429)]);
    expect((await logged()).map(({ status, code }) => [status, code])).toEqual([
      [429, 'too_many_attempts'],
      ...times(20, [401, 'secret_invalid']),
    ]);
    expect(await call(wrong)).toEqual({ status: 429, retryAfter: '60', code: 'too_many_attempts' });
    bench.time.advance(59_001);
    expect(await call(wrong)).toMatchObject({ status: 429, retryAfter: '1' });
    bench.time.advance(999);
    expect(await statuses(21, wrong)).toEqual([...times(20, 401), 429]);
    expect(await logged()).toHaveLength(42);
  });

  test('a right secret is never held up by it, nor another address', async () => {
    await statuses(21, { secret: mintApiSecret() });
    expect((await call({ secret: good })).status).toBe(200);
    expect((await call({ secret: mintApiSecret(), ip: '192.0.2.2' })).status).toBe(401);
  });

  test('A50 an address of version 6 counts by its block', async () => {
    for (let index = 0; index < 20; index++) await call({ ip: `2001:db8::${index.toString(16)}` });
    expect((await call({ ip: '2001:db8::ffff:1' })).status).toBe(429);
    expect((await call({ ip: '2001:db8:0:1::1' })).status).toBe(401);
  });

  test('no credential, an expired secret and a browser count as a wrong secret does', async () => {
    const callers = [{}, { secret: ended }, { browser: true, secret: good }, { secret: mintApiSecret() }];
    const all = [];
    for (let index = 0; index < 24; index++) all.push((await call(callers[index % 4]!)).status);
    expect(all).toEqual([...times(5, [401, 401, 403, 401]).flat(), ...times(4, 429)]);
    const actors = (await logged()).slice(-4).map(({ actor, code }) => [actor, code]);
    expect(actors).toEqual([
      [null, 'secret_invalid'],
      [null, 'browser_refused'],
      ['ended', 'secret_invalid'],
      [null, 'secret_invalid'],
    ]);
  });

  test('calls out of scope wait after twenty of a secret, and those in scope never', async () => {
    const outOfScope = { secret: good, method: 'delete' } as const;
    expect(await statuses(22, outOfScope)).toEqual([...times(20, 403), 429, 429]);
    expect((await call({ ...outOfScope, ip: '192.0.2.9' })).status).toBe(429);
    expect((await call({ secret: good })).status).toBe(200);
    expect((await call({ ...outOfScope, secret: other })).status).toBe(403);
    expect((await call({ secret: mintApiSecret() })).status).toBe(401);
    const entries = (await logged()).filter(({ actor, code }) => actor === 'good' && code !== null);
    expect(entries.map(({ code }) => code)).toEqual(['too_many_attempts', ...times(20, 'insufficient_scope')]);
    expect(entries.every(({ userId, operation }) => userId === 'alice' && operation === 'endUserSessions')).toBe(
      true,
    );
  });

  test('after a minute without twenty the count begins anew', async () => {
    await statuses(19, {});
    bench.time.advance(60_000);
    expect(await statuses(20, {})).toEqual(times(20, 401));
  });

  test('A59 an account that is called as an address is, is not locked by it', async () => {
    await statuses(21, {});
    for (const account of ['192.0.2.1', 'address:192.0.2.1', 'sessionkeeper.refused-call:address:192.0.2.1']) {
      expect(await bench.sessions.lockout.state(account)).toMatchObject({ status: 'open', failures: 0 });
    }
    expect(await bench.sessions.lockout.check({ account: 'alice', client: { ip: '192.0.2.1' } })).toEqual({
      status: 'open',
    });
  });

  test('A68 of parallel guesses twenty are answered as such', async () => {
    const answers = await Promise.all(times(60, null).map(() => call({ secret: mintApiSecret() })));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(20);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(40);
    expect(await logged()).toHaveLength(21);
  });
});

test('A32 where they cannot be counted they are 503, and so is what cannot be logged', async () => {
  const bench = new AdminBench();
  bench.store.failNext('count');
  const { body } = await bench.callAs(mintApiSecret(), 'get', path).expect(503);
  expect(body).toMatchObject({ code: 'store_unavailable' });
  bench.store.failNext('logAccess');
  await bench.callAs(mintApiSecret(), 'get', path).expect(503);
  await bench.callAs(mintApiSecret(), 'get', path).expect(401);
  await bench.sessions.close();
});
