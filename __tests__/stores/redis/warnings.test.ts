import { Cluster, Redis } from 'ioredis';
import { RedisStore } from '../../../lib/stores/redis';
import { warnOfPatience } from '../../../lib/stores/redis/given-client';
import { type RedisServer, startRedis } from '../../harness/redis-server';
import { waitUntil } from '../../harness/wait-until';

let warnings: string[];
const servers: RedisServer[] = [];

beforeEach(() => {
  warnings = [];
  jest.spyOn(process, 'emitWarning').mockImplementation((warning) => void warnings.push(String(warning)));
});

afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function start(policy: string, clusterEnabled = false): Promise<RedisServer> {
  const server = await startRedis({ clusterEnabled, args: ['--maxmemory-policy', policy] });
  servers.push(server);
  return server;
}

test('A63 a server that may evict sessions is warned of, once', async () => {
  const server = await start('volatile-lru');
  const store = new RedisStore({ url: server.url });
  await waitUntil('the warning', () => warnings.length > 0);
  await server.cli('CLIENT', 'KILL', 'TYPE', 'normal');
  await store.ping();
  await store.now();
  await store.close();
  expect(warnings).toEqual([
    'Redis has maxmemory-policy volatile-lru and will drop sessions when its memory is full: set it to noeviction.',
  ]);
});

test('A63 a cluster is looked at as well', async () => {
  const server = await start('allkeys-random', true);
  const client = new Cluster([server.url]);
  const store = new RedisStore({ client });
  await waitUntil('the warning', () => warnings.length > 0);
  await store.close();
  client.disconnect();
  expect(warnings[0]).toContain('allkeys-random');
});

test('A63 no warning with noeviction, nor where the server does not tell', async () => {
  jest.spyOn(console, 'warn').mockReturnValue(); // ioredis' own, of its ready check
  const [quiet, secretive] = [await start('noeviction'), await start('allkeys-lru')];
  await secretive.cli('ACL', 'SETUSER', 'app', 'on', '>secret', '~*', '+@all', '-info');
  const stores = [quiet.url, secretive.url.replace('//', '//app:secret@')].map((url) => new RedisStore({ url }));
  for (const store of stores) {
    await store.now();
    await store.close();
  }
  expect(warnings).toEqual([]);
});

test('a client that waits far beyond the deadline is warned of, once', () => {
  const lazy = { lazyConnect: true } as const;
  for (const options of [
    { maxRetriesPerRequest: 1 },
    { maxRetriesPerRequest: 0 },
    { enableOfflineQueue: false },
    { commandTimeout: 500 },
  ]) {
    warnOfPatience(new Redis({ ...lazy, ...options }));
  }
  expect(warnings).toEqual([]);
  warnOfPatience(new Redis(lazy));
  warnOfPatience(new Redis({ ...lazy, maxRetriesPerRequest: null }));
  expect(warnings).toEqual([
    'The Redis client keeps commands while Redis is away (maxRetriesPerRequest: 20), long after the store ' +
      'has given up: pass { url }, or a client with maxRetriesPerRequest: 1.',
  ]);
});
