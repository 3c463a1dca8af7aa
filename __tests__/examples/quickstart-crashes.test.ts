import { RedisStore } from '../../lib/stores/redis';
import { type RedisServer, startRedis } from '../harness/redis-server';
import { startProxy, type TcpProxy } from '../harness/tcp-proxy';
import { waitUntil } from '../harness/wait-until';
import { ask, type RefreshingClient, refreshingClients, statusesOf } from './refreshing-client';
import { startExample, stopExamples } from './start-example';

jest.setTimeout(60_000);

let redis: RedisServer;
let link: TcpProxy;
let store: RedisStore;

beforeEach(async () => {
  redis = await startRedis({ args: ['--appendonly', 'yes', '--appendfsync', 'always'] });
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

const refresh = (url: string, refreshToken: string) =>
  ask(`${url}/api/v1/sessions/refresh`, { body: { refreshToken } });

async function generationOf({ refreshToken }: RefreshingClient): Promise<number> {
  return (await store.find(refreshToken.id))!.credentials.generation;
}

/** Whichever happened, the token that the client holds gives one successor, and that is good. */
async function expectGoodToken(url: string, { tokens: { refreshToken } }: RefreshingClient): Promise<void> {
  const first = await refresh(url, refreshToken);
  expect(first.status).toBe(200);
  expect((await refresh(url, refreshToken)).tokens).toEqual(first.tokens);
  expect((await ask(`${url}/me`, { bearer: first.tokens!.accessToken })).status).toBe(200);
}

test('the app is killed in a storm of renewals: every client goes on with the token it holds (B17, B18)', async () => {
  const { example, url } = await start();
  const clients = await refreshingClients(url, 6);
  // Every renewal is long enough under way to be hit.
  link.latency(10);
  const running = clients.map((client) => client.run(() => false));
  await waitUntil('all are at work', () => clients.every(({ statuses }) => (statuses[200] ?? 0) > 6), 30_000);
  expect(await example.stop('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
  await Promise.all(running);
  link.restore();
  expect(statusesOf(clients)).toEqual([0, 200]);

  const { url: next } = await start();
  for (const client of clients) {
    expect([0, 1]).toContain((await generationOf(client)) - client.refreshToken.generation);
    await expectGoodToken(next, client);
  }
});

test('the app is killed after a rotation was stored and before it knew: the retry gives the successor (B18)', async () => {
  const { example, url } = await start();
  const [client] = await refreshingClients(url, 1);
  link.latency(400);
  const lost = refresh(url, client!.tokens.refreshToken).catch(() => 'lost');
  await waitUntil('it is stored', async () => (await generationOf(client!)) === 1);
  await example.stop('SIGKILL');
  expect(await lost).toBe('lost');
  link.restore();
  const { url: next } = await start();
  await expectGoodToken(next, client!);
  expect(await generationOf(client!)).toBe(1);
});

test('the app is killed before a rotation is stored: the old token works (B18)', async () => {
  const { example, url } = await start();
  const [client] = await refreshingClients(url, 1);
  link.halfOpen();
  const lost = refresh(url, client!.tokens.refreshToken).catch(() => 'lost');
  await new Promise((resolve) => setTimeout(resolve, 300));
  await example.stop('SIGKILL');
  expect(await lost).toBe('lost');
  link.restore();
  expect(await generationOf(client!)).toBe(0);
  const { url: next } = await start();
  await expectGoodToken(next, client!);
});

test('Redis is killed in a storm of renewals and reads its log again: nobody is signed out, without a restart of the app (B15, B17, B18)', async () => {
  const { url } = await start();
  const clients = await refreshingClients(url, 6);
  let isOver = false;
  const running = clients.map((client) => client.run(() => isOver));
  const goOn = async (): Promise<void> => {
    const seen = clients.map(({ statuses }) => statuses[200] ?? 0);
    await waitUntil(
      'all go on',
      () => clients.every(({ statuses }, index) => statuses[200]! > seen[index]! + 6),
      30_000,
    );
  };
  await waitUntil('all are at work', () => clients.every(({ statuses }) => (statuses[200] ?? 0) > 6), 30_000);
  for (let round = 0; round < 2; round++) {
    await redis.restart();
    await goOn();
  }
  isOver = true;
  await Promise.all(running);
  expect(statusesOf(clients).filter((status) => status !== 200 && status !== 503)).toEqual([]);
  for (const client of clients) {
    expect([0, 1]).toContain((await generationOf(client)) - client.refreshToken.generation);
    await expectGoodToken(url, client);
  }
});
