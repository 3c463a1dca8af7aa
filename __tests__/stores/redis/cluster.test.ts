import { Cluster, type ClusterOptions } from 'ioredis';
import type { SessionRecord } from '../../../lib/domain/session-record';
import { userKey } from '../../../lib/domain/session-id';
import { Commands } from '../../../lib/store/conformance/commands';
import { minute, newRecord, randomUser, start } from '../../../lib/store/conformance/records';
import { RedisStore } from '../../../lib/stores/redis';
import { Keys } from '../../../lib/stores/redis/keys';
import { rejectionOf } from '../../fixtures/refusal-of';
import { type RedisCluster, startCluster } from '../../harness/redis-cluster';
import type { RedisServer } from '../../harness/redis-server';
import { freshPrefix } from '../../harness/test-redis';
import { waitUntil } from '../../harness/wait-until';
import { activeQuery } from './scene';

let cluster: RedisCluster;
let client: Cluster;
const clients: Cluster[] = [];

const connect = (options: ClusterOptions = {}): Cluster => {
  const made = new Cluster(cluster.urls, { redisOptions: { maxRetriesPerRequest: 1 }, ...options });
  made.on('error', () => undefined);
  clients.push(made);
  return made;
};

beforeAll(async () => {
  // No node dies here: a machine that stands still for a second must not make one look dead.
  cluster = await startCluster({ nodeTimeout: 15_000 });
  client = connect();
}, 60_000);

afterAll(async () => {
  for (const made of clients) made.disconnect();
  await cluster.stop();
});

/** One session of each of many users, so that every master has some. */
async function signInMany(store: RedisStore, count: number): Promise<{ userId: string; record: SessionRecord }[]> {
  const commands = new Commands((await store.now()) + 5 * minute);
  return Promise.all(
    Array.from({ length: count }, async () => {
      const userId = randomUser();
      const outcome = await store.create(commands.create(newRecord({ userId })));
      if (outcome.status !== 'created') throw new Error(outcome.status);
      await store.setLimit(commands.setLimit(userId, 5));
      return { userId, record: outcome.record };
    }),
  );
}

test('A62 users are spread over all masters, and all keys of one lie in one slot, where an id alone leads to them', async () => {
  const prefix = freshPrefix();
  const keys = new Keys(prefix);
  const store = new RedisStore({ client, prefix, deadline: '15s' });
  const people = await signInMany(store, 60);
  const names = (node: RedisServer) => node.cli('KEYS', `${prefix}:*`) as Promise<string[]>;
  const masters = await cluster.masters();
  const kept = await Promise.all(masters.map(names));
  for (const ofOne of kept) expect(ofOne.length).toBeGreaterThan(20);
  expect(kept.flat()).toHaveLength(60 * 4); // session, index, history, limit
  for (const { userId, record } of people) {
    const user = userKey(userId);
    const all = [
      keys.session(record.id),
      keys.index(user),
      keys.audit(user),
      keys.ownLimit(user),
      keys.epoch(user),
    ];
    expect(new Set(await Promise.all(all.map((key) => cluster.slotOf(key)))).size).toBe(1);
    expect((await store.list(activeQuery(userId, start))).records).toEqual([record]);
  }
  await store.close();
});

describe('B12 nothing is read from a replica', () => {
  /** Commands of ours that replicas have run themselves; what they were sent by their masters is written otherwise. */
  async function readByReplicas(): Promise<string[]> {
    const masters = await cluster.masters();
    const replicas = cluster.nodes.filter((node) => !masters.includes(node));
    const stats = await Promise.all(replicas.map((node) => node.cli('INFO', 'commandstats')));
    return stats.join('\n').match(/^cmdstat_(?:get|mget|eval|evalsha):calls=[1-9]\d*/gm) ?? [];
  }

  const reset = () => Promise.all(cluster.nodes.map((node) => node.cli('CONFIG', 'RESETSTAT')));

  test.each(['ready when the store is opened', 'connected by the store'])(
    'not even while a client, %s, has lost all masters',
    async (when) => {
      const other = connect();
      // With every replica in its table of nodes: a cluster that has just begun does not name them.
      const knowsAll = (): boolean => other.nodes('slave').length === 3;
      const learn = () => new Promise((resolve) => other.refreshSlotsCache(() => resolve(knowsAll())));
      if (when.startsWith('ready'))
        await waitUntil('the client knows the replicas', async () => (await learn(), knowsAll()));
      const store = new RedisStore({ client: other, prefix: freshPrefix(), deadline: '15s' });
      const people = await signInMany(store, 12);
      await waitUntil('the client knows the replicas', async () => (await learn(), knowsAll()));
      await Promise.all(other.nodes('slave').map((node) => node.ping()));
      await reset();
      const masters = await cluster.masters();
      for (let round = 0; round < 5; round += 1) {
        await waitUntil('no master is left', async () => {
          await Promise.all(masters.map((master) => master.cli('CLIENT', 'KILL', 'TYPE', 'normal')));
          return other.nodes('master').length === 0;
        });
        const found = await Promise.all(people.map(({ record }) => store.find(record.id)));
        expect(found).toEqual(people.map(({ record }) => record));
        await Promise.all(people.map(({ userId }) => store.list(activeQuery(userId, start))));
        await waitUntil('all masters are back', async () => (await learn(), other.nodes('master').length === 3));
      }
      expect(await readByReplicas()).toEqual([]);
      await store.close();
    },
  );
});

test.each([
  ['tries again itself', {}],
  ['leaves it to the store', { retryDelayOnClusterDown: 0 }],
])(
  'B9 a cluster that is down is waited for within the deadline, and refused after it; the client %s',
  async (_, options) => {
    const other = connect(options);
    const prefix = freshPrefix();
    const keys = new Keys(prefix);
    const store = new RedisStore({ client: other, prefix, deadline: '15s' });
    const hasty = new RedisStore({ client: other, prefix, deadline: '300ms', onIncident: () => undefined });
    const [person] = await signInMany(store, 1);
    const { userId, record } = person!;
    const key = keys.session(record.id);
    const master = await cluster.masterOf(key);
    const slot = String(await cluster.slotOf(key));
    const commands = new Commands((await store.now()) + 5 * minute);
    await waitUntil('the time is known', () => typeof hasty.now() === 'number');
    await master.cli('CLUSTER', 'DELSLOTS', slot);
    await expect(master.cli('GET', key)).rejects.toThrow('CLUSTERDOWN');
    for (const refused of [hasty.find(record.id), hasty.list(activeQuery(userId, start))]) {
      expect((await rejectionOf(refused)).code).toBe('store_unavailable');
    }
    const waiting = Promise.all([store.find(record.id), store.rotate(commands.rotate(record))]);
    await master.cli('CLUSTER', 'ADDSLOTS', slot);
    const [found, rotation] = await waiting;
    expect([found?.id, rotation.status]).toEqual([record.id, 'rotated']);
    await Promise.all([store.close(), hasty.close()]);
  },
);
