import { Redis } from 'ioredis';
import type { Duration } from '../../../lib/domain/duration';
import { SessionManager } from '../../../lib/session-manager';
import { RedisStore } from '../../../lib/stores/redis';
import { rejectionOf } from '../../fixtures/refusal-of';
import { freshPrefix, testRedisUrl } from '../../harness/test-redis';
import { startProxy, type TcpProxy } from '../../harness/tcp-proxy';

let proxy: TcpProxy;
let client: Redis;
let sessions: SessionManager;

beforeEach(async () => {
  // so that the server knows the scripts
  const store = new RedisStore({ url: testRedisUrl(), prefix: freshPrefix(), deadline: '15s' });
  const near = new SessionManager({ store });
  await near.create({ userId: 'alice' });
  await near.close();
  proxy = await startProxy(testRedisUrl());
  client = new Redis(proxy.url, { maxRetriesPerRequest: 1 });
  await client.ping();
});

afterEach(async () => {
  await sessions.close();
  client.disconnect();
  await proxy.close();
});

// Seconds, so that what a busy machine adds is small beside them.
function open(roundTrip: number, deadline: Duration): void {
  proxy.latency(roundTrip / 2);
  sessions = new SessionManager({ store: new RedisStore({ client, prefix: freshPrefix(), deadline }) });
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const before = performance.now();
  return [await work(), performance.now() - before];
}

test('the first sign-in takes two round trips: one for the time, one for itself', async () => {
  open(1_000, '10s');
  const [outcome, milliseconds] = await timed(() => sessions.create({ userId: 'alice' }));
  expect(outcome.status).toBe('created');
  expect(milliseconds).toBeGreaterThan(1_990);
  expect(milliseconds).toBeLessThan(2_990);
});

test('to learn the time and to write share one deadline, and what is refused does not happen', async () => {
  open(2_000, '3s');
  const [error, milliseconds] = await timed(() => rejectionOf(sessions.create({ userId: 'alice' })));
  expect(error.code).toBe('store_unavailable');
  expect(milliseconds).toBeGreaterThan(2_900);
  expect(milliseconds).toBeLessThan(3_990);
  proxy.latency(10);
  expect((await sessions.list('alice')).data).toEqual([]);
  expect(await sessions.create({ userId: 'alice' })).toMatchObject({ status: 'created' });
});
