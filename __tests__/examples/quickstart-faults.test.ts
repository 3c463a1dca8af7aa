import { freePort } from '../harness/free-port';
import { RedisServer, startRedis } from '../harness/redis-server';
import { waitUntil } from '../harness/wait-until';
import { startExample, stopExamples } from './start-example';
import { signedIn, visitor } from './visitor';

let redis: RedisServer;

afterEach(async () => {
  await stopExamples();
  await redis.stop();
});

const healthy = (url: string) => async (): Promise<boolean> => (await fetch(`${url}/health`)).ok;

test('with Redis down at start it starts, answers 503, and signs in as soon as Redis is up (B1)', async () => {
  redis = new RedisServer(await freePort(), {});
  const { example, url } = await startExample('quickstart/server.js', { REDIS_URL: redis.url });
  const login = await visitor(url).post('/login').send({ username: 'alice', password: 'wonderland' });
  expect(login.status).toBe(503);
  expect(login.body).toMatchObject({ code: 'store_unavailable' });
  expect(login.headers['retry-after']).toMatch(/^\d+$/);
  expect((await visitor(url).get('/health')).status).toBe(503);
  await redis.start();
  await waitUntil('the quickstart is well', healthy(url));
  await signedIn(url);
  expect(await example.stop()).toEqual({ code: 0, signal: null });
});

test('with Redis killed it answers 503, never 401, touches no cookie, and recovers by itself (B2, A80)', async () => {
  redis = await startRedis();
  const { url } = await startExample('quickstart/server.js', { REDIS_URL: redis.url });
  const alice = await signedIn(url);
  await redis.kill();
  const answers = [
    await alice.get('/me'),
    await alice.get('/api/v1/sessions'),
    await alice.delete('/api/v1/sessions?scope=others'),
    await alice.post('/password').send({ current: 'wonderland', next: 'looking-glass' }),
    await alice.post('/logout'),
    await alice.get('/health'),
  ];
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503, 503, 503]);
  expect(answers.filter((answer) => answer.get('Set-Cookie') !== undefined)).toEqual([]);

  await redis.start();
  await waitUntil('the quickstart is well', healthy(url));
  // The new Redis is empty: that, and only that, has signed everyone out (B16).
  await alice.get('/me').expect(401);
  await alice.post('/login').send({ username: 'alice', password: 'wonderland' }).expect(200);
  await alice.get('/me').expect(200);
});

test('with Redis frozen it answers 503 within its deadline, and everyone is still in afterwards (A79, B3)', async () => {
  redis = await startRedis();
  const { url } = await startExample('quickstart/server.js', { REDIS_URL: redis.url });
  const alice = await signedIn(url);
  redis.pause();
  const started = performance.now();
  expect((await alice.get('/me')).status).toBe(503);
  expect(performance.now() - started).toBeLessThan(5_000);
  redis.resume();
  await waitUntil('the quickstart is well', healthy(url));
  await alice.get('/me').expect(200);
});
