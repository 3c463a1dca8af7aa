import { type RedisServer, startRedis } from '../harness/redis-server';
import { waitUntil } from '../harness/wait-until';
import { runExample, startExample, stopExamples } from './start-example';
import { cookiesOf, visitor } from './visitor';

interface SignedIn {
  /** Cookies know no ports: a browser sends those of one service on localhost to the other as well. */
  cookie: string;
  accessOnly: string;
  refreshOnly: string;
}

describe('the verify-only service', () => {
  let redis: RedisServer;
  let owner: string;
  let service: string;

  beforeAll(async () => {
    redis = await startRedis();
    const env = { REDIS_URL: redis.url, SESSION_LIMIT: 'none' };
    ({ url: owner } = await startExample('quickstart/server.js', env));
    ({ url: service } = await startExample('verify-only/server.js', env));
  });

  afterAll(async () => {
    await stopExamples();
    await redis.stop();
  });

  async function signIn(): Promise<SignedIn> {
    const response = await visitor(owner).post('/login').send({ username: 'alice', password: 'wonderland' });
    const pairs = cookiesOf(response);
    const named = (name: string): string => pairs.find((pair) => pair.startsWith(`${name}=`))!;
    return { cookie: pairs.join('; '), accessOnly: named('sk-access'), refreshOnly: named('sk-refresh') };
  }

  const reports = (cookie: string) => visitor(service).get('/reports').set('Cookie', cookie);

  test('knows who signed in at the other service', async () => {
    const { cookie } = await signIn();
    const response = await reports(cookie);
    expect(response.status).toBe(200);
    expect(response.body).toEqual({ reports: ['Sales, for alice on Chrome'] });
    expect((await visitor(service).get('/reports')).body).toMatchObject({ code: 'no_session' });
  });

  test('never renews: without an access token it answers token_expired and sets no cookie', async () => {
    const { refreshOnly } = await signIn();
    const response = await reports(refreshOnly);
    expect(response.status).toBe(401);
    expect(response.body).toMatchObject({ code: 'token_expired' });
    expect(response.get('Set-Cookie')).toBeUndefined();
    // The other service renews, and with its new cookies the way is open again.
    const renewed = await visitor(owner).get('/me').set('Cookie', refreshOnly);
    const [access] = cookiesOf(renewed);
    expect((await reports(access!)).status).toBe(200);
  });

  test('refuses at once what the other service has ended (A30)', async () => {
    const { cookie } = await signIn();
    await visitor(owner).post('/logout').set('Cookie', cookie).expect(204);
    const response = await reports(cookie);
    expect(response.status).toBe(401);
    expect(response.body).toMatchObject({ code: 'session_revoked', reason: 'signed_out' });
  });

  test('answers 503 while Redis is away, and recovers', async () => {
    const { accessOnly } = await signIn();
    redis.pause();
    const away = await reports(accessOnly);
    redis.resume();
    expect(away.status).toBe(503);
    await waitUntil('it answers again', async () => (await reports(accessOnly)).status === 200);
  });
});

test('the verify-only service says in one sentence that it needs a Redis', async () => {
  const service = runExample('verify-only/server.js', []);
  expect(await service.ended()).toEqual({ code: 1, signal: null });
  expect(service.output).toMatch(/^[^\n]+ set REDIS_URL\.\n$/);
});
