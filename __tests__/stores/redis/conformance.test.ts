import { Cluster, Redis } from 'ioredis';
import { storeConformance } from '../../../lib/store/conformance';
import { RedisStore } from '../../../lib/stores/redis';
import { Keys } from '../../../lib/stores/redis/keys';
import { type RedisCluster, startCluster } from '../../harness/redis-cluster';
import { type RedisServer, startRedis } from '../../harness/redis-server';
import { freshPrefix } from '../../harness/test-redis';

// A store's own deadlines are shorter; what is counted here is how busy the machine is.
jest.setTimeout(60_000);

const topologies = {
  'a standalone server': {
    connect: () => new Redis(server.url, { maxRetriesPerRequest: 1 }),
    masters: () => Promise.resolve([server]),
  },
  'six nodes of a cluster': {
    connect: () => new Cluster(cluster.urls, { redisOptions: { maxRetriesPerRequest: 1 } }),
    masters: () => cluster.masters(),
  },
};

let server: RedisServer;
let cluster: RedisCluster;

beforeAll(async () => {
  server = await startRedis();
  // No node dies here: a machine that stands still for a second must not make one look dead.
  cluster = await startCluster({ nodeTimeout: 15_000 });
}, 60_000);

afterAll(() => Promise.all([server.stop(), cluster.stop()]));

describe.each(Object.entries(topologies))('on %s', (_, { connect, masters }) => {
  let clients: (Redis | Cluster)[];
  let prefix: string;

  beforeAll(() => {
    clients = [connect(), connect()];
  });

  beforeEach(async () => {
    prefix = freshPrefix();
    // A walk through all users looks at whatever keys there are, and every floor that was raised leaves thousands.
    await Promise.all((await masters()).map((node) => node.cli('FLUSHALL')));
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
