import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { SessionError } from '../../../lib/domain/error';
import { newRecord } from '../../../lib/store/conformance/records';
import { RedisStore } from '../../../lib/stores/redis';
import { startProxy, type TcpProxy } from '../../harness/tcp-proxy';
import { freshPrefix, testRedisUrl } from '../../harness/test-redis';
import { waitUntil } from '../../harness/wait-until';

jest.setTimeout(60_000);

const { id } = newRecord({ userId: 'alice' });
// One second by the store's deadline; the rest is for a busy machine with ten thousand promises.
const longest = 5_000;

let proxy: TcpProxy;
let client: Redis;
let store: RedisStore;

beforeEach(async () => {
  proxy = await startProxy(testRedisUrl());
  client = new Redis(proxy.url, { maxRetriesPerRequest: 1 });
  store = new RedisStore({ client, prefix: freshPrefix(), onIncident: () => undefined });
  await waitUntil('the store answers', answers);
});

afterEach(async () => {
  await store.close();
  client.disconnect();
  await proxy.close();
});

function answers(): Promise<boolean> {
  return store.ping().then(
    () => true,
    () => false,
  );
}

interface Asked {
  readonly fault: string | undefined;
  readonly milliseconds: number;
}

async function find(): Promise<Asked> {
  const before = performance.now();
  const fault = await store.find(id).then(
    () => undefined,
    (error: unknown) => {
      const { code, cause } = error as SessionError;
      return `${code}: ${String(cause)}`;
    },
  );
  return { fault, milliseconds: performance.now() - before };
}

/** What is on its way and not answered yet, given up or not. */
const waiting = (): number => (client as unknown as { commandQueue: { length: number } }).commandQueue.length;

test('B3 A79 a link of 4 kB/s under more than it carries: some are answered, the rest is refused in time, and it recovers', async () => {
  proxy.bandwidth(4_000);
  const asked: Promise<Asked>[] = [];
  for (let round = 0; round < 20; round++) {
    for (let count = 0; count < 40; count++) asked.push(find());
    await pause(100);
  }
  const all = await Promise.all(asked);
  expect(Math.max(...all.map(({ milliseconds }) => milliseconds))).toBeLessThan(longest);
  const faults = all.flatMap(({ fault }) => fault ?? []);
  expect(faults.length).toBeGreaterThan(100);
  expect(all.length - faults.length).toBeGreaterThan(0);
  expect(faults.filter((fault) => !fault.startsWith('store_unavailable: '))).toEqual([]);
  proxy.restore();
  await waitUntil('the store answers', answers);
  expect((await find()).fault).toBeUndefined();
});

test('B3 A79 on a link that hardly carries anything what waits is bounded: beyond ten thousand it is refused at once', async () => {
  proxy.bandwidth(100);
  const asked = Array.from({ length: 12_000 }, find);
  const refused = await Promise.all(asked.slice(10_000));
  for (const { fault, milliseconds } of refused) {
    expect(fault).toContain('10000 operations are waiting for Redis already');
    expect(milliseconds).toBeLessThan(longest);
  }
  const all = await Promise.all(asked);
  expect(all.filter(({ fault }) => !fault?.startsWith('store_unavailable'))).toEqual([]);
  // Those were given up and still wait to be answered: no more are taken.
  expect(waiting()).toBeLessThanOrEqual(10_100);
  await find();
  expect(waiting()).toBeLessThanOrEqual(10_100);
  proxy.restore();
  await waitUntil('the store answers', answers);
  expect(waiting()).toBeLessThan(100);
});
