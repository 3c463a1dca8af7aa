import { Cluster, Redis } from 'ioredis';
import { type UserKey, userKey } from '../../../lib/domain/session-id';
import { Commands } from '../../../lib/store/conformance/commands';
import { minute, newRecord, randomUser, start } from '../../../lib/store/conformance/records';
import { RedisStore } from '../../../lib/stores/redis';
import { Keys } from '../../../lib/stores/redis/keys';
import { rejectionOf } from '../../fixtures/refusal-of';
import { emptyFleetStores, fleetRedisUrl } from '../../fixtures/fleet-stores';
import { startCluster, type RedisCluster } from '../../harness/redis-cluster';
import { startRedis } from '../../harness/redis-server';
import { freshPrefix } from '../../harness/test-redis';

afterEach(emptyFleetStores);

jest.setTimeout(90_000);

const at = start + minute;

async function signInMany(store: RedisStore, count: number): Promise<UserKey[]> {
  const commands = new Commands((await store.now()) + 5 * minute);
  return Promise.all(
    Array.from({ length: count }, async () => {
      const userId = randomUser();
      const outcome = await store.create(commands.create(newRecord({ userId })));
      if (outcome.status !== 'created') throw new Error(outcome.status);
      return userKey(userId);
    }),
  );
}

/** Walks to the end, and gives whom it met since it last began anew. */
async function walk(
  store: RedisStore,
  from: string | null = null,
  between: (step: number) => Promise<void> = async () => undefined,
): Promise<{ met: Set<UserKey>; restarts: number }> {
  let [met, restarts, cursor] = [new Set<UserKey>(), 0, from];
  for (let step = 1; ; step++) {
    const { users, next, restarted } = await store.survey({ at, cursor });
    if (restarted) [met, restarts] = [new Set(), restarts + 1];
    for (const { user } of users) met.add(user);
    if (next === null) return { met, restarts };
    cursor = next;
    await between(step);
  }
}

describe('a walk through one server', () => {
  test('A59 meets the users of its own prefix alone, whatever characters that has', async () => {
    const prefix = `${freshPrefix()}:[a-z]*?\\^`;
    const [store, ...others] = [prefix, prefix.replace('[a-z]', 'b'), `${prefix}:i`].map(
      (name) => new RedisStore({ url: fleetRedisUrl(), prefix: name, deadline: '15s' }),
    );
    const [own] = await Promise.all([store!, ...others].map((one) => signInMany(one, 5)));
    expect([...(await walk(store!)).met].sort()).toEqual([...own!].sort());
    await Promise.all([store!, ...others].map((one) => one.close()));
  });

  test('B8 begins anew where the server was restarted, since its position means nothing there', async () => {
    const server = await startRedis();
    const store = new RedisStore({ url: server.url, deadline: '15s', onIncident: () => undefined });
    await signInMany(store, 1_500);
    const { next } = await store.survey({ at, cursor: null });
    expect(next).toMatch(/\.[0-9a-f]{8}\.\d+$/);
    await server.restart();
    const everybody = await signInMany(store, 1_500);
    const { met, restarts } = await walk(store, next);
    expect(restarts).toBe(1);
    expect(everybody.filter((user) => !met.has(user))).toEqual([]);
    await store.close();
    await server.stop();
  });
});

describe('a walk through a cluster', () => {
  let cluster: RedisCluster;
  let client: Cluster;

  beforeAll(async () => {
    // No node dies by itself: a machine that stands still for a second must not make one look dead.
    cluster = await startCluster({ nodeTimeout: 15_000 });
    client = new Cluster(cluster.urls, { redisOptions: { maxRetriesPerRequest: 1 } });
  });

  afterAll(async () => {
    client.disconnect();
    await cluster.stop();
  });

  test('A62 goes from master to master, and asks no replica', async () => {
    const store = new RedisStore({ client, prefix: freshPrefix(), deadline: '15s' });
    const everybody = await signInMany(store, 300);
    await Promise.all(cluster.nodes.map((node) => node.cli('CONFIG', 'RESETSTAT')));
    const { met, restarts } = await walk(store);
    expect(restarts).toBe(0);
    expect([...met].sort()).toEqual([...everybody].sort());
    const masters = await cluster.masters();
    for (const node of cluster.nodes) {
      const scans = /^cmdstat_scan:calls=(\d+)/m.exec(String(await node.cli('INFO', 'commandstats')))?.[1];
      expect(Number(scans ?? 0) > 0).toBe(masters.includes(node));
    }
    await store.close();
  });

  test('A62 B8 while slots move from masters that it has yet to walk to one that it has walked, it misses nobody', async () => {
    const prefix = freshPrefix();
    const keys = new Keys(prefix);
    const store = new RedisStore({ client, prefix, deadline: '15s' });
    const everybody = await signInMany(store, 60);
    const masters = await cluster.masters();
    const first = masters.map(({ url }) => url.replace('redis://', '')).sort()[0]!;
    const target = masters.find(({ url }) => url.endsWith(first))!;
    let moved: UserKey | undefined;
    const { met, restarts } = await walk(store, null, async (step) => {
      if (step > 1) return;
      for (const user of everybody) {
        if ((await cluster.masterOf(keys.index(user))) === target) continue;
        await cluster.moveSlot(await cluster.slotOf(keys.index(user)), target);
        moved = user;
        return;
      }
    });
    expect(moved).toBeDefined();
    expect(restarts).toBeGreaterThan(0);
    expect([...met].sort()).toEqual([...everybody].sort());
    await store.close();
  });

  test('A62 B9 where nobody says who holds what by now, a step fails within the deadline', async () => {
    const own = new Cluster(cluster.urls, { redisOptions: { maxRetriesPerRequest: 1 } });
    const store = new RedisStore({ client: own, prefix: freshPrefix(), deadline: '2s' });
    await signInMany(store, 3);
    own.refreshSlotsCache = () => undefined;
    expect((await rejectionOf(store.survey({ at, cursor: null }))).code).toBe('store_unavailable');
    await store.close();
    own.disconnect();
  });

  test('A62 B9 where a replica takes a master’s place under it, it begins anew and misses nobody', async () => {
    const prefix = freshPrefix();
    const store = new RedisStore({ client, prefix, deadline: '15s' });
    const everybody = await signInMany(store, 60);
    const masters = await cluster.masters();
    const { met, restarts } = await walk(store, null, async (step) => {
      if (step === 1) await cluster.failover(masters[0]!);
    });
    expect(restarts).toBeGreaterThan(0);
    expect([...met].sort()).toEqual([...everybody].sort());
    await store.close();
  });
});

test('memory: the floor takes one small key for each tag, and a user whose sessions ended none for long', async () => {
  const redis = new Redis(fleetRedisUrl());
  const prefix = freshPrefix();
  const keys = new Keys(prefix);
  const store = new RedisStore({ url: fleetRedisUrl(), prefix, deadline: '15s' });
  const notAfter = (await store.now()) + 5 * minute;
  await store.raiseFloor({ notAfter, floor: at, reason: 'fleet_ended' });
  expect(await redis.keys(`${prefix}:*`)).toHaveLength(4_096);
  const lives = await Promise.all(['000', '7ff', 'fff'].map((tag) => redis.pttl(keys.floor(tag))));
  for (const life of lives) expect(life).toBeGreaterThan(399 * 24 * 60 * minute);
  const commands = new Commands(notAfter);
  const userId = randomUser();
  await store.revokeAll(commands.revokeAll(userId, at, { most: 250, epoch: at }));
  expect(await redis.pttl(keys.epoch(userKey(userId)))).toBeLessThanOrEqual(24 * 60 * minute);
  await store.revokeAll(commands.revokeAll(userId, at + 1));
  expect(await redis.pttl(keys.epoch(userKey(userId)))).toBeGreaterThan(399 * 24 * 60 * minute);
  await store.close();
  redis.disconnect();
});
