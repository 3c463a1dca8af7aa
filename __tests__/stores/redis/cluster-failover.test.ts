import { Cluster, Redis } from 'ioredis';
import { type SessionId, userKey } from '../../../lib/domain/session-id';
import type { SessionRecord } from '../../../lib/domain/session-record';
import { SessionManager } from '../../../lib/session-manager';
import { randomUser } from '../../../lib/store/conformance/records';
import { RedisStore } from '../../../lib/stores/redis';
import { idOf, Keys } from '../../../lib/stores/redis/keys';
import { decodeRecord } from '../../../lib/stores/redis/record-decoder';
import { type RedisCluster, startCluster } from '../../harness/redis-cluster';
import type { RedisServer } from '../../harness/redis-server';
import { freshPrefix } from '../../harness/test-redis';
import { waitUntil } from '../../harness/wait-until';
import { Traffic } from './traffic';

jest.setTimeout(120_000);

let cluster: RedisCluster;
let client: Cluster;
let traffic: Traffic | undefined;

beforeAll(async () => {
  cluster = await startCluster();
  client = new Cluster(cluster.urls, { redisOptions: { maxRetriesPerRequest: 1 } });
  client.on('error', () => undefined);
});

afterEach(() => traffic?.stop());

afterAll(async () => {
  client.disconnect();
  await cluster.stop();
});

/** All sessions that a replica has once nothing more comes from its master. */
async function heldBy(replica: RedisServer, prefix: string): Promise<Map<SessionId, SessionRecord>> {
  let offset = '';
  await waitUntil('the replica has taken in all that it was sent', async () => {
    const before = offset;
    [, offset = ''] = /slave_repl_offset:(\d+)/.exec(String(await replica.cli('INFO', 'replication'))) ?? [];
    return offset === before;
  });
  const redis = new Redis(replica.url, { readOnly: true });
  try {
    const names = await redis.keys(`${prefix}:s:*`);
    const records = new Map<SessionId, SessionRecord>();
    for (const name of names) {
      const id = idOf(name.slice(-22))!;
      const record = decodeRecord(id, (await redis.getBuffer(name)) ?? Buffer.alloc(0));
      if (record) records.set(id, record);
    }
    return records;
  } finally {
    redis.disconnect();
  }
}

/**
 * The sessions of which Redis itself lost an acknowledged write with the master. Between its end and the replica's election nothing
 * is acknowledged, so what the replica holds then can be compared with what people were told.
 */
function lostBy(
  held: ReadonlyMap<SessionId, SessionRecord>,
  traffic: Traffic,
  userIds: readonly string[],
): Set<string> {
  const lost = new Set<string>();
  for (const { id, userId, state, generation } of traffic.held) {
    if (!userIds.includes(userId) || state === 'ending') continue;
    const record = held.get(id as SessionId);
    const isLive = record?.ending === null;
    if (isLive !== (state === 'live') || (isLive && record.credentials.generation < generation)) lost.add(id);
  }
  return lost;
}

test.each([
  // The others refuse everything until it is replaced.
  ['B9 A80 a master is killed', 'killMaster', 'yes'],
  // Nothing else fails by which the client could learn of it.
  ['A79 A80 a master is cut off, its connections open', 'pauseMaster', 'no'],
] as const)(
  '%s under load: no session is lost and none comes back but by what Redis lost, and the same client goes on',
  async (_, end, fullCoverage) => {
    const setting = ['CONFIG', 'SET', 'cluster-require-full-coverage', fullCoverage];
    await Promise.all(cluster.nodes.map((node) => node.cli(...setting)));
    const prefix = freshPrefix();
    const keys = new Keys(prefix);
    const store = new RedisStore({ client, prefix, onIncident: () => undefined });
    const sessions = new SessionManager({ store });
    const userIds = Array.from({ length: 12 }, randomUser);
    const people = (traffic = new Traffic(sessions, userIds));
    await people.progress(20);

    const clock = keys.clock(); // its master gives the time: the worst to lose
    const master = await cluster.masterOf(clock);
    const owners = await Promise.all(userIds.map((userId) => cluster.masterOf(keys.index(userKey(userId)))));
    const affected = userIds.filter((_, index) => owners[index] === master);
    const heir = await cluster.replicaOf(master);
    const takeover = cluster[end](clock);
    await waitUntil('the master is gone', () => !master.isAwake);
    const lost = lostBy(await heldBy(heir, prefix), people, affected);
    const back = people.progress(1, affected);
    expect(await takeover).toEqual({ former: master, promoted: heir });
    await back;
    // At most what each was doing at that moment.
    expect(lost.size).toBeLessThanOrEqual(affected.length);

    await people.progress(20);
    expect(people.faults.length).toBeGreaterThan(0);
    if (end === 'pauseMaster') master.resume();
    else await cluster.restartNode(master);
    await cluster.settled();
    await people.progress(10);
    await people.end();
    expect(people.anomalies.filter(({ id }) => !lost.has(id))).toEqual([]);
    expect(await store.now()).toBeGreaterThan(0);
    await sessions.close();
  },
);
