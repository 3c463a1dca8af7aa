import { Redis } from 'ioredis';
import type { Socket } from 'node:net';
import { Commands } from '../../../lib/store/conformance/commands';
import { minute, newRecord, randomUser } from '../../../lib/store/conformance/records';
import { RedisStore } from '../../../lib/stores/redis';
import { freshPrefix, testRedisUrl } from '../../harness/test-redis';
import { waitUntil } from '../../harness/wait-until';

let client: Redis;
let store: RedisStore;

beforeEach(async () => {
  client = new Redis(testRedisUrl());
  await client.ping();
  store = new RedisStore({ client, prefix: freshPrefix(), deadline: '15s' });
  await store.ping();
});

afterEach(async () => {
  await store.close();
  client.disconnect();
});

/** How often the socket is written to while `work` is under way. */
async function writesDuring(work: () => Promise<unknown>): Promise<number> {
  const socket = (client as unknown as { stream: Socket }).stream;
  const write = jest.spyOn(socket, '_write');
  const writeMany = jest.spyOn(socket as Required<Socket>, '_writev');
  await work();
  return write.mock.calls.length + writeMany.mock.calls.length;
}

async function signIn() {
  const commands = new Commands((await store.now()) + 5 * minute);
  const outcome = await store.create(commands.create(newRecord({ userId: randomUser() })));
  if (outcome.status !== 'created') throw new Error(outcome.status);
  return outcome.record;
}

test('what is sent in one turn of the event loop goes out in one write', async () => {
  const { id } = await signIn();
  const writes = await writesDuring(async () => {
    const found = await Promise.all(Array.from({ length: 50 }, () => store.find(id)));
    expect(found.every((record) => record?.id === id)).toBe(true);
  });
  expect(writes).toBe(1);
});

test('the next turn has its own, and what the app sends on the same client goes out with the rest', async () => {
  const { id } = await signIn();
  const writes = await writesDuring(async () => {
    const found = store.find(id);
    const own = client.get('the app’s own');
    expect((await found)?.id).toBe(id);
    expect(await own).toBeNull();
    expect((await store.find(id))?.id).toBe(id);
  });
  expect(writes).toBe(2);
});

test('a connection that is lost before the turn ends leaves none corked', async () => {
  const { id } = await signIn();
  const pending = store.find(id);
  client.disconnect(true);
  expect((await pending)?.id).toBe(id);
  await waitUntil('the client is back', () => client.status === 'ready');
  expect((await store.find(id))?.id).toBe(id);
});
