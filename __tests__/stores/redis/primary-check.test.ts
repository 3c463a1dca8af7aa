import { Redis } from 'ioredis';
import { SessionError } from '../../../lib/domain/error';
import type { SessionRecord } from '../../../lib/domain/session-record';
import { RedisStore } from '../../../lib/stores/redis';
import { rejectionOf } from '../../fixtures/refusal-of';
import { freePort } from '../../harness/free-port';
import { type RedisServer, startRedis } from '../../harness/redis-server';
import { waitUntil } from '../../harness/wait-until';
import { openRedisScene, type RedisScene } from './scene';

let first: RedisServer;
let second: RedisServer;
let scene: RedisScene;
let record: SessionRecord;
let client: Redis | undefined;

beforeEach(async () => {
  first = await startRedis({ args: ['--repl-diskless-sync-delay', '0'] });
  second = await startRedis({ args: ['--replicaof', '127.0.0.1', String(first.port)] });
  scene = await openRedisScene(first.url);
  record = await scene.signIn();
  await waitUntil('the replica has it', async () => (await second.cli('DBSIZE')) === (await first.cli('DBSIZE')));
});

afterEach(async () => {
  client?.disconnect();
  await scene.close();
  await Promise.all([first.stop(), second.stop()]);
});

/** The other server is the primary, and nobody closes the connections of this one: as by hand, and by some services. */
async function switchOver(): Promise<void> {
  await second.cli('REPLICAOF', 'NO', 'ONE');
  // It never gets there: it serves what it had.
  await first.cli('REPLICAOF', '127.0.0.1', String(await freePort()));
}

async function revokeOnSecond(): Promise<void> {
  const store = new RedisStore({ url: second.url, prefix: scene.prefix });
  expect((await store.revoke(scene.commands.revoke(record))).status).toBe('ended');
  await store.close();
}

const isRefused = (store: RedisStore): Promise<boolean> =>
  store.find(record.id).then(
    () => false,
    (fault: unknown) => fault instanceof SessionError && fault.code === 'store_unavailable',
  );

/** Once refused it stays so: no check finds a moment in which the session is served again. */
async function expectRefusal(store: RedisStore): Promise<void> {
  await waitUntil('it is noticed', () => isRefused(store));
  for (let check = 0; check < 3; check += 1) expect(await isRefused(store)).toBe(true);
  const { cause } = await rejectionOf(store.find(record.id));
  expect(String(cause)).toMatch(/READONLY|isn't writeable/);
}

test('B12 a session that was ended elsewhere is not read from a server that has become a replica behind an open connection', async () => {
  const { store } = scene;
  await switchOver();
  await revokeOnSecond();
  await expectRefusal(store);
  await first.cli('REPLICAOF', '127.0.0.1', String(second.port));
  await waitUntil('it has caught up', async () =>
    String(await first.cli('INFO', 'replication')).includes('master_link_status:up'),
  );
  expect(await isRefused(store)).toBe(true);
  await first.cli('REPLICAOF', 'NO', 'ONE');
  await waitUntil('it serves as the primary', async () => !(await isRefused(store)));
  expect(await store.find(record.id)).toMatchObject({ ending: { reason: 'signed_out' } });
});

test("B12 the same with a client of the app's, also one that does not reconnect", async () => {
  client = new Redis(first.url, { retryStrategy: () => 10 });
  const steadfast = new Redis(first.url, { retryStrategy: null });
  const stores = [client, steadfast].map((given) => new RedisStore({ client: given, prefix: scene.prefix }));
  for (const store of stores) expect(await store.find(record.id)).toEqual(record);
  await switchOver();
  await Promise.all(stores.map((store) => expectRefusal(store)));
  expect(steadfast.status).toBe('ready');
  await first.cli('REPLICAOF', 'NO', 'ONE');
  for (const store of stores) {
    await waitUntil('it serves as the primary', async () => !(await isRefused(store)));
    await store.close();
  }
  steadfast.disconnect();
});

test('B12 a store that is led to a replica serves nothing, not even at first', async () => {
  for (let round = 0; round < 5; round += 1) {
    const store = new RedisStore({ url: second.url, prefix: scene.prefix, deadline: '200ms' });
    expect(await isRefused(store)).toBe(true);
    await store.close();
  }
});

test('B12 a refused write tells it at once: the connection is left, and reads wait for the primary', async () => {
  client = new Redis(first.url, { retryStrategy: () => 10 });
  const store = new RedisStore({ client, prefix: scene.prefix, deadline: '300ms' });
  await store.ping();
  let connections = 0;
  client.on('connect', () => (connections += 1));
  await switchOver();
  const { cause } = await rejectionOf(store.revoke(scene.commands.revoke(record)));
  expect(String(cause)).toContain('READONLY');
  expect(connections).toBeGreaterThan(0);
  expect(await isRefused(store)).toBe(true);
  await store.close();
});

test('B12 a server that does not tell its role is taken at its word', async () => {
  jest.spyOn(console, 'warn').mockReturnValue(); // ioredis' own, of its ready check
  await first.cli('ACL', 'SETUSER', 'app', 'on', '>secret', '~*', '+@all', '-info');
  const store = new RedisStore({ url: first.url.replace('//', '//app:secret@'), prefix: scene.prefix });
  expect(await store.find(record.id)).toEqual(record);
  await store.close();
  jest.restoreAllMocks();
});
