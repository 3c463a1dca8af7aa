import { Redis } from 'ioredis';
import { RedisStore } from '../../../lib/stores/redis';
import { startSentinel, type SentinelSetup } from '../../harness/redis-sentinel';
import { waitUntil } from '../../harness/wait-until';

jest.setTimeout(90_000);

let setup: SentinelSetup;
let client: Redis;

beforeAll(async () => {
  setup = await startSentinel({ replicas: 1 });
});

afterAll(() => setup.stop());

beforeEach(async () => {
  client = new Redis({ sentinels: [...setup.sentinels], name: setup.name, maxRetriesPerRequest: 1 });
  client.on('error', () => undefined);
  await client.ping();
});

afterEach(() => client.disconnect());

/** What ioredis' failover detector does when the sentinels name another primary while the client is connecting. */
async function loseWhileConnecting(): Promise<void> {
  const { connector } = client as unknown as { connector: { disconnect(): void } };
  client.once('connecting', () => connector.disconnect());
  const ended = new Promise((resolve) => client.once('end', resolve));
  client.disconnect(true);
  await ended;
}

test('B12 A80 a client on Sentinel that ended while it was connecting comes back by itself', async () => {
  const store = new RedisStore({ client });
  await store.ping();
  await loseWhileConnecting();
  await waitUntil(
    'the store answers',
    () =>
      store.ping().then(
        () => true,
        () => false,
      ),
    15_000,
  );
  await store.close();
});

test('one that the app ended stays so', async () => {
  const store = new RedisStore({ client });
  await store.ping();
  const ended = new Promise((resolve) => client.once('end', resolve));
  client.disconnect();
  await ended;
  await expect(store.ping()).rejects.toMatchObject({ code: 'store_unavailable' });
  expect(client.status).toBe('end');
  await store.close();
});
