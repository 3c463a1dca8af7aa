import { Cluster, Redis } from 'ioredis';
import { RedisStore, type RedisIncident } from '../../../lib/stores/redis';
import { messageOf, unavailable } from '../../../lib/stores/redis/faults';
import { serverAddress } from '../../../lib/stores/redis/server-address';
import { freePort } from '../../harness/free-port';
import { type RedisServer, startRedis } from '../../harness/redis-server';
import { waitUntil } from '../../harness/wait-until';

const servers: RedisServer[] = [];
const stores: RedisStore[] = [];
let incidents: RedisIncident[];

beforeEach(() => {
  incidents = [];
});

afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(stores.splice(0).map((store) => store.close()));
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function start(args: readonly string[] = [], port?: number): Promise<RedisServer> {
  const server = await startRedis({ args, ...(port === undefined ? {} : { port }) });
  servers.push(server);
  return server;
}

function open(source: { url: string } | { client: Redis }): RedisStore {
  const store = new RedisStore({
    ...source,
    deadline: '300ms',
    onIncident: (incident) => incidents.push(incident),
  });
  stores.push(store);
  return store;
}

const fails = (store: RedisStore) => expect(store.ping()).rejects.toMatchObject({ code: 'store_unavailable' });

const answers = (store: RedisStore): Promise<void> =>
  waitUntil('the store answers', () =>
    store.ping().then(
      () => true,
      () => false,
    ),
  );

test('a Redis that is not there is told once, with where it should be and why it is not', async () => {
  const port = await freePort();
  const store = open({ url: `redis://app:secret@localhost:${port}` });
  await Promise.all([fails(store), fails(store)]);
  await fails(store);
  expect(incidents).toEqual([
    {
      kind: 'unreachable',
      address: `localhost:${port}`,
      cause: expect.stringContaining(`ECONNREFUSED`) as string,
    },
  ]);
  expect(JSON.stringify(incidents)).not.toContain('secret');
});

test('one that was lost again is told again', async () => {
  const server = await start();
  const store = open({ url: server.url });
  await answers(store);
  for (const losses of [1, 2]) {
    await server.kill();
    await fails(store);
    await fails(store);
    expect(incidents).toHaveLength(losses);
    await server.start();
    await answers(store);
  }
});

test('a name with several addresses has the fault of the first', () => {
  const faults = ['::1', '127.0.0.1'].map((host) => new Error(`connect ECONNREFUSED ${host}:1`));
  expect(messageOf(new AggregateError(faults))).toBe('connect ECONNREFUSED ::1:1');
  expect(unavailable(new AggregateError(faults)).cause).toMatchObject({
    message: 'AggregateError: connect ECONNREFUSED ::1:1',
  });
});

test.each([
  ['the wrong password', 'redis://:wrong-secret@', 'WRONGPASS'],
  ['no password', 'redis://', 'NOAUTH'],
])('a Redis that refuses %s is told, and the password is not', async (_, origin, cause) => {
  const server = await start(['--requirepass', 'right-secret']);
  await fails(open({ url: server.url.replace('redis://', origin) }));
  expect(incidents).toEqual([
    { kind: 'unreachable', address: `127.0.0.1:${server.port}`, cause: expect.stringContaining(cause) as string },
  ]);
  expect(JSON.stringify(incidents)).not.toContain('secret');
});

test('permissions that are missing are told as well', async () => {
  const server = await start();
  await server.cli('ACL', 'SETUSER', 'app', 'on', '>secret', '~other:*', '+@all');
  const store = open({ url: server.url.replace('//', '//app:secret@') });
  await expect(store.find('00000000-0000-4000-8000-000000000000' as never)).rejects.toThrow();
  expect(incidents).toMatchObject([{ cause: expect.stringContaining('NOPERM') as string }]);
});

test('a Redis that stays silent is told', async () => {
  const server = await start();
  const store = open({ url: server.url });
  await answers(store);
  server.pause();
  await fails(store); // the one before it may just have been answered
  await fails(store);
  server.resume();
  expect(incidents).toMatchObject([{ kind: 'unreachable', cause: 'no answer from Redis within 300 ms' }]);
});

test("a Redis that the app's own client cannot reach is told", async () => {
  const port = await freePort();
  const client = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: null, retryStrategy: () => 20 });
  client.on('error', () => undefined);
  await fails(open({ client }));
  client.disconnect();
  expect(incidents).toMatchObject([{ kind: 'unreachable', address: `127.0.0.1:${port}` }]);
});

test('a quick reconnect, a refused write and a closed store are no incidents', async () => {
  const server = await start();
  const store = new RedisStore({ url: server.url, onIncident: (incident) => incidents.push(incident) });
  await store.ping();
  for (let round = 0; round < 5; round++) {
    await server.cli('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await Promise.all([store.ping(), store.ping()]);
  }
  const [restarted] = await Promise.all([store.ping(), server.restart()]);
  expect(restarted).toBeUndefined();
  await answers(store);
  await server.kill();
  const last = store.ping();
  await store.close();
  await expect(last).rejects.toMatchObject({ code: 'store_unavailable' });
  await fails(store);
  expect(incidents).toEqual([]);
});

test('without a listener it is a process warning', async () => {
  const warned = jest.spyOn(process, 'emitWarning').mockReturnValue();
  const port = await freePort();
  const store = new RedisStore({ url: `redis://:secret@127.0.0.1:${port}`, deadline: '100ms' });
  await fails(store);
  await fails(store);
  await store.close();
  expect(warned.mock.calls).toEqual([
    [
      `Redis at 127.0.0.1:${port} cannot be reached; every operation fails until it can: connect ECONNREFUSED 127.0.0.1:${port}`,
      { type: 'SessionkeeperWarning', code: 'SESSIONKEEPER_REDIS_UNREACHABLE' },
    ],
  ]);
});

test.each([
  ['db.example.com:6380', new Redis('rediss://user:secret@db.example.com:6380', { lazyConnect: true })],
  ['[::1]:6379', new Redis({ host: '::1', lazyConnect: true })],
  ['/run/redis.sock', new Redis('/run/redis.sock', { lazyConnect: true })],
  ['main (by Sentinel)', new Redis({ sentinels: [{ host: 'a', port: 1 }], name: 'main', lazyConnect: true })],
  ['the cluster', new Cluster(['redis://user:secret@127.0.0.1:1'], { lazyConnect: true })],
])('a server is called %s', (address, client) => {
  expect(serverAddress(client)).toBe(address);
});

test('A67 a listener that fails, at once or later, harms nobody', async () => {
  const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const unheard = jest.fn();
  process.on('unhandledRejection', unheard);
  const listeners: (() => void)[] = [
    () => {
      throw new Error('at once');
    },
    () => Promise.reject(new Error('later')) as unknown as void,
  ];
  for (const onIncident of listeners) {
    const store = new RedisStore({ url: `redis://127.0.0.1:${await freePort()}`, deadline: '100ms', onIncident });
    stores.push(store);
    await expect(store.ping()).rejects.toMatchObject({ code: 'store_unavailable' });
  }
  for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
  process.off('unhandledRejection', unheard);
  expect(unheard).not.toHaveBeenCalled();
  expect(warned.mock.calls.map(([text]) => String(text))).toEqual([
    expect.stringContaining('at once') as string,
    expect.stringContaining('later') as string,
  ]);
});
