import { Cluster, Redis } from 'ioredis';
import { storeConformance } from '../../../lib/store/conformance';
import { RedisStore } from '../../../lib/stores/redis';
import { Keys } from '../../../lib/stores/redis/keys';
import { type RedisServer, startRedis } from '../../harness/redis-server';
import { freshPrefix, testRedisUrl } from '../../harness/test-redis';

const topologies = {
  'a standalone server': () => new Redis(testRedisUrl(), { maxRetriesPerRequest: 1 }),
  'a cluster': () => new Cluster([cluster.url], { redisOptions: { maxRetriesPerRequest: 1 } }),
};

let cluster: RedisServer;

beforeAll(async () => {
  cluster = await startRedis({ clusterEnabled: true });
});

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
