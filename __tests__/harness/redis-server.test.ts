import { Redis } from 'ioredis';
import { startRedis } from './redis-server';
import { startProxy } from './tcp-proxy';
import { freshPrefix, testRedisUrl } from './test-redis';

test('the shared server answers, and each prefix is new', async () => {
  const client = new Redis(testRedisUrl());
  const key = `${freshPrefix()}:a`;
  await client.set(key, '1');
  expect(await client.get(key)).toBe('1');
  expect(freshPrefix()).not.toBe(freshPrefix());
  client.disconnect();
});

test('a private server restarts empty on its port', async () => {
  const server = await startRedis();
  await server.cli('SET', 'a', '1');
  const { pid } = server;
  await server.restart();
  expect(server.pid).not.toBe(pid);
  expect(await server.cli('GET', 'a')).toBeNull();
  await server.stop();
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  await expect(server.cli('PING')).rejects.toThrow();
});

test('one cluster-enabled node owns all slots, also after a restart', async () => {
  const server = await startRedis({ clusterEnabled: true });
  expect(await server.cli('SET', 'any', '1')).toBe('OK');
  await server.restart();
  expect(await server.cli('SET', 'other', '1')).toBe('OK');
  await server.stop();
});

test('a lost reply leaves the command done and the client in the dark', async () => {
  const proxy = await startProxy(testRedisUrl());
  const client = new Redis(proxy.url, { retryStrategy: () => 10 });
  client.on('error', () => undefined);
  const key = freshPrefix();
  const lost = proxy.loseReply({ request: 'incr' });
  // ioredis sends it again after the reconnection: the server has counted twice.
  expect(await client.incr(key)).toBe(2);
  await lost;
  client.disconnect();
  await proxy.close();
});

test('a half-open link answers nothing until it is restored', async () => {
  const proxy = await startProxy(testRedisUrl());
  const client = new Redis(proxy.url, { commandTimeout: 1_000, retryStrategy: () => 10 });
  client.on('error', () => undefined);
  expect(await client.ping()).toBe('PONG');
  proxy.halfOpen();
  await expect(client.ping()).rejects.toThrow('timed out');
  proxy.restore();
  await expect(client.ping()).resolves.toBe('PONG');
  client.disconnect();
  await proxy.close();
});
