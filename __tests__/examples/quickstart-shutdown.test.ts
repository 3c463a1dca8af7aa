import { setTimeout as pause } from 'node:timers/promises';
import { RedisStore } from '../../lib/stores/redis';
import { type RedisServer, startRedis } from '../harness/redis-server';
import { startProxy, type TcpProxy } from '../harness/tcp-proxy';
import { waitUntil } from '../harness/wait-until';
import { ask, refreshingClients, statusesOf } from './refreshing-client';
import { startExample, stopExamples } from './start-example';

jest.setTimeout(60_000);

// Requests under way, the touches they leave, and the connection to Redis: a moment; the rest is for a busy machine.
const longestStop = 10_000;

let redis: RedisServer;
let link: TcpProxy;
let store: RedisStore;

beforeEach(async () => {
  redis = await startRedis();
  link = await startProxy(redis.url);
  store = new RedisStore({ url: redis.url, deadline: '15s' });
});

afterEach(async () => {
  await stopExamples();
  await store.close();
  await link.close();
  await redis.stop();
});

const start = () => startExample('quickstart/server.js', { REDIS_URL: link.url, SESSION_LIMIT: 'none' });

test('SIGTERM under load: what was taken is answered, each client holds the last token, uses are written, and it ends by itself (B31)', async () => {
  const { example, url } = await start();
  const clients = await refreshingClients(url, 6);
  // So that uses of some are still to be written while those of others are on their way.
  link.latency(50);
  // Not in step: at any moment some have shown their last token, and others wait for theirs.
  const running = clients.map(async (client, index) => {
    await pause(index * 35);
    return client.run(() => false);
  });
  await waitUntil('all are at work', () => clients.every(({ statuses }) => (statuses[200] ?? 0) > 8), 30_000);

  const before = performance.now();
  expect(await example.stop('SIGTERM')).toEqual({ code: 0, signal: null });
  expect(performance.now() - before).toBeLessThan(longestStop);
  await Promise.all(running);
  expect(statusesOf(clients)).toEqual([0, 200]);

  expect(clients.some(({ isConfirmed }) => isConfirmed)).toBe(true);
  for (const { refreshToken, isConfirmed } of clients) {
    const record = (await store.find(refreshToken.id))!;
    // Nothing was rotated of which the client does not know: a request that got no answer was never taken.
    expect([record.ending, record.credentials.generation]).toEqual([null, refreshToken.generation]);
    if (isConfirmed) expect(record.credentials.confirmedAt).not.toBeNull();
  }

  link.restore();
  const { url: next } = await start();
  for (const { tokens } of clients) {
    const body = { refreshToken: tokens.refreshToken };
    expect((await ask(`${next}/me`, { bearer: tokens.accessToken })).status).toBe(200);
    const renewed = await ask(`${next}/api/v1/sessions/refresh`, { body });
    expect(renewed.status).toBe(200);
    expect((await ask(`${next}/api/v1/sessions/refresh`, { body })).tokens).toEqual(renewed.tokens);
  }
});

test('SIGTERM while Redis does not answer: what was taken is told 503, and it ends by itself (B31, B3)', async () => {
  const { example, url } = await start();
  const [client] = await refreshingClients(url, 1);
  const { accessToken, refreshToken } = client!.tokens;
  redis.pause();
  const answers = [
    ask(`${url}/me`, { bearer: accessToken }),
    ask(`${url}/api/v1/sessions/refresh`, { body: { refreshToken } }),
  ];
  await pause(300); // they are in; the store gives up after a second
  const before = performance.now();
  const ended = example.stop('SIGTERM');
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([503, 503]);
  expect(await ended).toEqual({ code: 0, signal: null });
  expect(performance.now() - before).toBeLessThan(longestStop);
  redis.resume();
  expect((await store.find(client!.refreshToken.id))?.credentials.generation).toBe(0);
});
