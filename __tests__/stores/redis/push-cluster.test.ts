import { Cluster } from 'ioredis';
import { SessionManager } from '../../../lib';
import type { SessionId } from '../../../lib/domain/session-id';
import { RedisStore } from '../../../lib/stores/redis';
import { Keys } from '../../../lib/stores/redis/keys';
import { signedIn, type SignedIn } from '../../fixtures/session-bench';
import { type RedisCluster, startCluster } from '../../harness/redis-cluster';
import { freshPrefix } from '../../harness/test-redis';
import { waitUntil } from '../../harness/wait-until';

let cluster: RedisCluster;
let clients: Cluster[];
let prefix: string;
let here: SessionManager;
let there: SessionManager;

beforeAll(async () => {
  cluster = await startCluster();
}, 60_000);

beforeEach(() => {
  prefix = freshPrefix();
  clients = [0, 1].map(() => new Cluster(cluster.urls, { redisOptions: { maxRetriesPerRequest: 1 } }));
  for (const client of clients) client.on('error', () => undefined);
  [here, there] = clients.map(
    (client) =>
      new SessionManager({
        store: new RedisStore({ client, prefix, deadline: '10s', onIncident: () => undefined }),
        nearCache: { maxStale: '60s' },
      }),
  ) as [SessionManager, SessionManager];
});

afterEach(async () => {
  await Promise.all([here.close(), there.close()]);
  for (const client of clients) client.disconnect();
});

afterAll(() => cluster.stop());

async function keep(sessions: SessionManager, token: string): Promise<void> {
  await waitUntil(
    'the near cache holds the session',
    async () => {
      await sessions.verify(token);
      return sessions.verifyFromCache(token) !== undefined;
    },
    30_000,
  );
}

/** Sessions of users on every master. */
async function signInEverywhere(): Promise<SignedIn[]> {
  const found = new Map<number, SignedIn>();
  while (found.size < 3) {
    const user = await signedIn(here);
    const master = await cluster.masterOf(keyOf(user));
    if (!found.has(master.port)) found.set(master.port, user);
  }
  return [...found.values()];
}

function keyOf({ session }: SignedIn): string {
  return new Keys(prefix).session(session.id as SessionId);
}

async function expectHeard(user: SignedIn): Promise<void> {
  const { accessToken } = user.tokens;
  await keep(there, accessToken);
  await here.revoke(user.session.id);
  await waitUntil('the other node has heard', () => there.verifyFromCache(accessToken) === undefined);
  expect(await there.verify(accessToken)).toMatchObject({ status: 'revoked' });
}

test('A38 hears of changes on every master, over one connection to each and none to a replica', async () => {
  for (const user of await signInEverywhere()) await expectHeard(user);
  const masters = await cluster.masters();
  const connections = await Promise.all(
    cluster.nodes.map(
      async (node) => String(await node.cli('CLIENT', 'LIST')).split('name=sessionkeeper-push').length - 1,
    ),
  );
  expect(connections).toEqual(cluster.nodes.map((node) => (masters.includes(node) ? clients.length : 0)));
});

test('A38 a flush of one master is no reason to trust another that is not heard', async () => {
  const [user] = await signInEverywhere();
  const { accessToken } = user!.tokens;
  await keep(there, accessToken);
  const unheard = await cluster.masterOf(keyOf(user!));
  const flushed = (await cluster.masters()).find((master) => master !== unheard)!;
  // Over a connection that is there: no new one is let in.
  const node = clients[1]!.nodes('master').find(({ options }) => options.port === unheard.port)!;
  await node.config('SET', 'maxclients', '1');
  try {
    const connections = String(await node.client('LIST')).split('\n');
    for (const line of connections.filter((each) => each.includes('name=sessionkeeper-push'))) {
      await node.client('KILL', 'ID', /^id=(\d+)/.exec(line)![1]!);
    }
    await waitUntil('the cache is off', () => there.verifyFromCache(accessToken) === undefined);
    await flushed.cli('FLUSHALL');
    for (let use = 0; use < 10; use++) {
      await there.verify(accessToken);
      expect(there.verifyFromCache(accessToken)).toBeUndefined();
    }
  } finally {
    await node.config('SET', 'maxclients', '10000');
  }
  await keep(there, accessToken);
}, 60_000);

test('A38 goes on hearing of a session whose slot has moved to another master', async () => {
  const [user] = await signInEverywhere();
  const key = keyOf(user!);
  await keep(there, user!.tokens.accessToken);
  const from = await cluster.masterOf(key);
  const to = (await cluster.masters()).find((master) => master !== from)!;
  await cluster.moveSlot(await cluster.slotOf(key), to);
  await expectHeard(user!);
}, 60_000);

test('A38 goes on hearing when a master hands over to its replica, though nobody has told the client yet', async () => {
  const [user] = await signInEverywhere();
  const { accessToken } = user!.tokens;
  await keep(there, accessToken);
  await cluster.failover(await cluster.masterOf(keyOf(user!)));
  await here.revoke(user!.session.id);
  await waitUntil('the other node has heard', () => there.verifyFromCache(accessToken) === undefined);
  expect(await there.verify(accessToken)).toMatchObject({ status: 'revoked' });
  for (const each of await signInEverywhere()) await expectHeard(each);
}, 90_000);

test('A38 when a master dies nothing is served from before, and its successor is heard', async () => {
  const [user, ...others] = await signInEverywhere();
  const { accessToken } = user!.tokens;
  await keep(there, accessToken);
  await cluster.killMaster(keyOf(user!));
  await waitUntil('the cache is emptied', () => there.verifyFromCache(accessToken) === undefined);
  await waitUntil(
    'the cluster answers again',
    async () => {
      try {
        return (await there.verify(others[0]!.tokens.accessToken)).status === 'active';
      } catch {
        return false;
      }
    },
    30_000,
  );
  for (const each of await signInEverywhere()) await expectHeard(each);
}, 90_000);
