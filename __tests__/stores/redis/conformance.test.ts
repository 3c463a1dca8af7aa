import { Cluster, Redis } from 'ioredis';
import { storeConformance } from '../../../lib/store/conformance';
import { RedisStore } from '../../../lib/stores/redis';
import { Keys } from '../../../lib/stores/redis/keys';
import { type RedisCluster, startCluster } from '../../harness/redis-cluster';
import { freshPrefix, testRedisUrl } from '../../harness/test-redis';

const topologies = {
  'a standalone server': () => new Redis(testRedisUrl(), { maxRetriesPerRequest: 1 }),
  'six nodes of a cluster': () => new Cluster(cluster.urls, { redisOptions: { maxRetriesPerRequest: 1 } }),
};

let cluster: RedisCluster;

beforeAll(async () => {
  // No node dies here: a machine that stands still for a second must not make one look dead.
  cluster = await startCluster({ nodeTimeout: 15_000 });
}, 60_000);

afterAll(() => cluster.stop());

describe.each(Object.entries(topologies))('on %s', (_, connect) => {
  let clients: (Redis | Cluster)[];
  let prefix: string;

  beforeAll(() => {
    clients = [connect(), connect()];
  });

  beforeEach(() => {
    prefix = freshPrefix();
  });

  afterAll(() => clients.forEach((client) => client.disconnect()));

  storeConformance(
    { describe, it },
    {
      async open() {
        const [store, secondNode] = clients.map((client) => new RedisStore({ client, prefix, deadline: '15s' }));
        return {
          store: store!,
          secondNode: secondNode!,
          close: async () => {
            await Promise.all([store!.close(), secondNode!.close()]);
          },
        };
      },
      async loseIndex(user) {
        await clients[0]!.del(new Keys(prefix).index(user));
      },
    },
  );
});
