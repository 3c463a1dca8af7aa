import { Cluster } from 'ioredis';
import { userKey } from '../../../lib/domain/session-id';
import { SessionManager } from '../../../lib/session-manager';
import { RedisStore } from '../../../lib/stores/redis';
import { Keys } from '../../../lib/stores/redis/keys';
import { randomUser } from '../../../lib/store/conformance/records';
import { type RedisCluster, startCluster } from '../../harness/redis-cluster';
import { freshPrefix } from '../../harness/test-redis';
import { Traffic } from './traffic';

jest.setTimeout(90_000);

let cluster: RedisCluster;
let client: Cluster;
let traffic: Traffic | undefined;

beforeAll(async () => {
  // No node dies here: a machine that stands still for a second must not make one look dead.
  cluster = await startCluster({ nodeTimeout: 15_000 });
  client = new Cluster(cluster.urls, { redisOptions: { maxRetriesPerRequest: 1 } });
});

afterEach(() => traffic?.stop());

afterAll(async () => {
  client.disconnect();
  await cluster.stop();
});

test('B8 A62 slots move to other masters and back while their people sign in, renew and leave: nobody notices', async () => {
  const prefix = freshPrefix();
  const keys = new Keys(prefix);
  const store = new RedisStore({ client, prefix, deadline: '15s' });
  const sessions = new SessionManager({ store });
  const userIds = Array.from({ length: 8 }, randomUser);
  const people = (traffic = new Traffic(sessions, userIds));
  await people.progress(20);
  const masters = await cluster.masters();
  for (const step of [1, 2]) {
    for (const userId of userIds) {
      const index = keys.index(userKey(userId));
      const from = await cluster.masterOf(index);
      const to = masters[(masters.indexOf(from) + step) % masters.length]!;
      const others = userIds.filter((other) => other !== userId);
      // Half of that user's keys are here and half are there, until the others have done some more.
      await cluster.moveSlot(await cluster.slotOf(index), to, { during: () => people.progress(3, others) });
      await people.progress(5);
    }
  }
  await people.end();
  expect(people.anomalies).toEqual([]);
  expect(people.faults).toEqual([]);
  expect(people.held.size).toBeGreaterThan(userIds.length);
  await sessions.close();
});
