import { Redis } from 'ioredis';
import { userKey } from '../../../lib/domain/session-id';
import { Commands } from '../../../lib/store/conformance/commands';
import { minute, newRecord, start } from '../../../lib/store/conformance/records';
import { RedisStore } from '../../../lib/stores/redis';
import { rejectionOf } from '../../fixtures/refusal-of';
import { freePort } from '../../harness/free-port';
import { type RedisServer, startRedis } from '../../harness/redis-server';
import { startProxy } from '../../harness/tcp-proxy';
import { waitUntil } from '../../harness/wait-until';
import { activeQuery, openRedisScene, type RedisScene } from './scene';

const deadline = 1_000;
// What a loaded machine may need on top.
const slack = 700;

let server: RedisServer;
let scene: RedisScene;
let unhandled: unknown[];
const noteUnhandled = (fault: unknown): void => void unhandled.push(fault);

beforeAll(() => {
  unhandled = [];
  process.on('unhandledRejection', noteUnhandled);
});

afterAll(() => {
  process.off('unhandledRejection', noteUnhandled);
  expect(unhandled).toEqual([]);
});

beforeEach(async () => {
  server = await startRedis();
  scene = await openRedisScene(server.url);
});

afterEach(async () => {
  await scene.close();
  await server.stop();
});

interface Failure {
  readonly code: string;
  readonly cause: string;
  readonly milliseconds: number;
}

async function failureOf(operation: Promise<unknown>): Promise<Failure> {
  const before = performance.now();
  const { code, cause } = await rejectionOf(operation);
  return { code, cause: String(cause), milliseconds: performance.now() - before };
}

/** Every operation is refused, in time. */
async function expectUnavailable(store: RedisStore = scene.store): Promise<void> {
  const { commands, userId } = scene;
  const record = newRecord({ userId });
  const operations = [
    store.find(record.id),
    store.create(commands.create(record)),
    store.rotate(commands.rotate(record)),
    store.touch(commands.touch(record)),
    store.revoke(commands.revoke(record)),
    store.revokeAll(commands.revokeAll(userId, start)),
    store.list(activeQuery(userId, start)),
    store.history({ user: userKey(userId), at: 0, after: null, limit: 5 }),
    store.ping(),
  ];
  for (const { code, milliseconds } of await Promise.all(operations.map(failureOf))) {
    expect(code).toBe('store_unavailable');
    expect(milliseconds).toBeLessThan(deadline + slack);
  }
}

const expectRecovery = (): Promise<void> =>
  waitUntil('the store answers again', () =>
    scene.store.ping().then(
      () => true,
      () => false,
    ),
  );

test('B1 A80 a store starts without Redis, refuses in time, and works once Redis is there', async () => {
  const port = await freePort();
  const store = new RedisStore({ url: `redis://127.0.0.1:${port}` });
  const { code, cause, milliseconds } = await failureOf(Promise.resolve(store.now()));
  expect([code, cause]).toEqual(['store_unavailable', expect.stringContaining('ECONNREFUSED')]);
  expect(milliseconds).toBeLessThan(deadline + slack);
  const late = await startRedis({ port });
  await waitUntil('the store answers', () =>
    store.ping().then(
      () => true,
      () => false,
    ),
  );
  await store.close();
  await late.stop();
});

test('B1 a write before the time is known is refused, and leaves no rejection that nobody hears', async () => {
  const store = new RedisStore({ url: `redis://127.0.0.1:${await freePort()}`, deadline: '200ms' });
  const record = newRecord({ userId: scene.userId });
  expect((await failureOf(store.create(scene.commands.create(record)))).code).toBe('store_unavailable');
  await store.close();
  // told of in the next turn of the event loop
  await new Promise((resolve) => setImmediate(resolve));
  expect(unhandled).toEqual([]);
});

test('B2 B16 A80 Redis dies and comes back empty: refusals in time, then everyone is signed out, without a restart', async () => {
  const { store, commands, userId, signIn } = scene;
  const record = await signIn();
  await server.kill();
  await expectUnavailable();
  await server.start();
  await expectRecovery();
  expect(await store.find(record.id)).toBeUndefined();
  expect((await store.create(commands.create(newRecord({ userId })))).status).toBe('created');
});

test('B2 a short loss of the connection is not noticed', async () => {
  const { store, redis, signIn } = scene;
  const record = await signIn();
  for (let round = 0; round < 5; round++) {
    await redis.client('KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    expect(await store.find(record.id)).toEqual(record);
  }
});

test('B3 A79 Redis stops answering: refusals in time, and what was sent meanwhile never happens', async () => {
  const { store, userId, keyNames, signIn } = scene;
  const record = await signIn();
  const before = await keyNames();
  const commands = new Commands((await store.now()) + deadline - store.clockErrorMilliseconds());
  server.pause();
  const create = failureOf(store.create(commands.create(newRecord({ userId }))));
  const revoke = failureOf(store.revoke(commands.revoke(record)));
  for (const { code, milliseconds } of await Promise.all([create, revoke])) {
    expect(code).toBe('store_unavailable');
    expect(milliseconds).toBeLessThan(deadline + slack);
  }
  server.resume();
  await expectRecovery();
  expect(await store.find(record.id)).toEqual(record);
  expect(await keyNames()).toEqual(before);
});

test('A79 a half-open connection is given up, and another one opened', async () => {
  const proxy = await startProxy(server.url);
  const store = new RedisStore({ url: proxy.url, prefix: scene.prefix });
  await store.ping();
  proxy.halfOpen();
  await expectUnavailable(store);
  await expectUnavailable(store);
  proxy.restore();
  await waitUntil('the store answers', () =>
    store.ping().then(
      () => true,
      () => false,
    ),
  );
  await store.close();
  await proxy.close();
});

test('A79 a connection that went silent is replaced without the network telling', async () => {
  const proxy = await startProxy(server.url);
  const store = new RedisStore({ url: proxy.url, prefix: scene.prefix });
  await store.ping();
  const connections = async (): Promise<string[]> =>
    [...String(await server.cli('CLIENT', 'LIST')).matchAll(/^id=(\d+) .*name=sessionkeeper /gm)].map(
      ([, id]) => id!,
    );
  const before = await connections();
  proxy.halfOpen();
  await expectUnavailable(store);
  await waitUntil('one connection is closed', async () => {
    // An answer may have been on its way still when the first of them began; then the next use finds the silence.
    await failureOf(store.ping());
    return (await connections()).length === before.length - 1;
  });
  await store.close();
  await proxy.close();
});

test('B9 a server busy with a script is waited for', async () => {
  const { store, redis, signIn } = scene;
  const record = await signIn();
  await server.cli('CONFIG', 'SET', 'busy-reply-threshold', '1');
  redis
    .eval(
      "local t = redis.call('TIME') repeat local n = redis.call('TIME') until (n[1]-t[1])*1000+(n[2]-t[2])/1000 > 300",
      0,
    )
    .catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await store.find(record.id)).toEqual(record);
});

test('B6 too few replicas: refused, and nothing has changed', async () => {
  const { store, commands, userId, dump, signIn } = scene;
  const record = await signIn();
  const before = await dump();
  await server.cli('CONFIG', 'SET', 'min-replicas-to-write', '1');
  for (const write of [
    store.create(commands.create(newRecord({ userId }))),
    store.revoke(commands.revoke(record)),
    store.revokeAll(commands.revokeAll(userId, start + minute)),
  ]) {
    const { code, cause } = await failureOf(write);
    expect([code, cause]).toEqual(['store_unavailable', expect.stringContaining('NOREPLICAS')]);
  }
  expect(await dump()).toEqual(before);
  expect(await store.find(record.id)).toEqual(record);
});

test('B12 a server that became a replica is left and found again; it takes no write', async () => {
  const { store, commands, signIn } = scene;
  const record = await signIn();
  await server.cli('CONFIG', 'SET', 'replica-serve-stale-data', 'yes');
  await server.cli('REPLICAOF', '127.0.0.1', String(await freePort()));
  const { code, cause } = await failureOf(store.revoke(commands.revoke(record)));
  expect([code, cause]).toEqual(['store_unavailable', expect.stringMatching(/READONLY|no answer|isn't writeable/)]);
  await server.cli('REPLICAOF', 'NO', 'ONE');
  await expectRecovery();
  expect((await store.revoke(commands.revoke(record))).status).toBe('ended');
});

test('A65 a fault carries no command and no argument', async () => {
  const { store, commands, signIn } = scene;
  const record = await signIn();
  await server.cli('CONFIG', 'SET', 'min-replicas-to-write', '1');
  const command = commands.rotate(record);
  const error = await rejectionOf(store.rotate(command));
  const { inspect } = await import('node:util');
  const shown = inspect(error, { depth: 10, showHidden: true });
  expect(shown).toContain('NOREPLICAS');
  expect(Object.keys(error.cause as object)).toEqual([]);
  expect(shown).not.toContain(inspect(command.nonce).slice(8, 30));
});

describe("with a client of the app's", () => {
  let client: Redis;

  afterEach(() => client.disconnect());

  test('B3 A79 the deadline holds whatever the patience of the client', async () => {
    client = new Redis(server.url, { maxRetriesPerRequest: null });
    client.on('error', () => undefined);
    const store = new RedisStore({ client, prefix: scene.prefix });
    await store.ping();
    await server.kill();
    await expectUnavailable(store);
    await server.start();
    await waitUntil('the store answers', () =>
      store.ping().then(
        () => true,
        () => false,
      ),
    );
    await store.close();
  });

  test('A79 what the client kept for a Redis that was away does not happen when it is back', async () => {
    client = new Redis(server.url, { maxRetriesPerRequest: null });
    client.on('error', () => undefined);
    const store = new RedisStore({ client, prefix: scene.prefix, deadline: '200ms' });
    const commands = new Commands((await store.now()) + 200);
    await server.kill();
    const record = newRecord({ userId: scene.userId });
    expect((await failureOf(store.create(commands.create(record)))).code).toBe('store_unavailable');
    await server.start();
    await waitUntil('the client has sent what it kept', () => client.status === 'ready');
    await client.ping();
    expect(await scene.keyNames()).toEqual([]);
    await store.close();
  });

  test('A79 waiting operations are bounded: beyond, they fail at once', async () => {
    client = new Redis(server.url, { maxRetriesPerRequest: null });
    client.on('error', () => undefined);
    const store = new RedisStore({ client, prefix: scene.prefix, deadline: '300ms' });
    await store.ping();
    await server.kill();
    const { id } = newRecord({ userId: scene.userId });
    const waiting = Array.from({ length: 10_000 }, () => store.find(id).catch(() => undefined));
    const { code, cause, milliseconds } = await failureOf(store.find(id));
    expect([code, cause]).toEqual(['store_unavailable', expect.stringContaining('waiting')]);
    expect(milliseconds).toBeLessThan(250);
    await Promise.all(waiting);
    expect((await failureOf(store.find(id))).cause).toContain('waiting');
    await server.start();
    await waitUntil('the store answers', () =>
      store.ping().then(
        () => true,
        () => false,
      ),
    );
    await store.close();
  });

  test('closing the store leaves the client open', async () => {
    client = new Redis(server.url);
    const store = new RedisStore({ client });
    const listeners = client.listenerCount('ready');
    await store.close();
    expect(await client.ping()).toBe('PONG');
    expect(client.listenerCount('ready')).toBeLessThan(listeners);
    expect((await failureOf(store.ping())).cause).toContain('closed');
  });

  test('a client that was closed is not waited for', async () => {
    client = new Redis(server.url);
    const store = new RedisStore({ client });
    await client.quit();
    expect((await failureOf(store.ping())).milliseconds).toBeLessThan(200);
    await store.close();
  });

  test('a client that connects at its first command may keep no queue', async () => {
    client = new Redis(server.url, { lazyConnect: true, enableOfflineQueue: false });
    const store = new RedisStore({ client, prefix: scene.prefix });
    expect(client.status).toBe('wait');
    await store.ping();
    await store.close();
  });
});

test('close ends the connection, waits for what is in flight, and can be called again', async () => {
  const store = new RedisStore({ url: server.url, prefix: scene.prefix });
  await store.ping();
  const last = store.ping();
  await store.close();
  await last;
  await store.close();
  expect((await failureOf(store.ping())).cause).toContain('closed');
});

test('close resolves while Redis is down, and while it does not answer', async () => {
  const [down, silent] = [new RedisStore({ url: server.url }), new RedisStore({ url: server.url })];
  await Promise.all([down.ping(), silent.ping()]);
  server.pause();
  const before = performance.now();
  await silent.close();
  expect(performance.now() - before).toBeLessThan(2_000);
  server.resume();
  await server.kill();
  await down.close();
});
