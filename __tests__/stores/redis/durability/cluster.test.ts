import { Cluster } from 'ioredis';
import { Keys } from '../../../../lib/stores/redis/keys';
import { keySlot } from '../../../../lib/stores/redis/durability/key-slot';
import { type RedisCluster, startCluster } from '../../../harness/redis-cluster';
import { waitUntil } from '../../../harness/wait-until';
import { type DurableScene, openDurableScene } from './scene';

const patience = 20_000;

let cluster: RedisCluster;
let client: Cluster;
let scene: DurableScene;
let keys: Keys;

beforeAll(async () => {
  cluster = await startCluster({ nodeTimeout: 15_000 });
}, 60_000);

afterAll(() => cluster.stop());

beforeEach(async () => {
  client = new Cluster(cluster.urls, { redisOptions: { maxRetriesPerRequest: 1 } });
  client.on('error', () => undefined);
  scene = await openDurableScene({ client }, 1);
  keys = new Keys(scene.prefix);
});

afterEach(async () => {
  await scene.store.close();
  client.disconnect();
});

const revokeOne = async (): Promise<string> => {
  const record = await scene.signIn();
  const outcome = await scene.store.revoke(scene.commands.revoke(record));
  return outcome.status === 'ended' && outcome.durable ? 'durable' : 'not durable';
};

const linksTo = async (port: number): Promise<number> => {
  const node = cluster.nodes.find((server) => server.port === port);
  return [...String(await node!.cli('CLIENT', 'LIST')).matchAll(/name=sessionkeeper-durability/g)].length;
};

test('the slot of a key is the one that the server knows it by', async () => {
  for (let count = 0; count < 20; count++) {
    const key = keys.session((await scene.signIn()).id);
    expect(keySlot(key)).toBe(await cluster.slotOf(key));
  }
});

test('B4 writes are confirmed by the replicas of the master that has the slot, over one connection to each', async () => {
  for (let count = 0; count < 30; count++) expect(await revokeOne()).toBe('durable');
  const masters = await cluster.masters();
  expect(await Promise.all(masters.map(({ port }) => linksTo(port)))).toEqual([1, 1, 1]);
});

test('B4 B8 a slot that has moved is followed at once', async () => {
  const record = await scene.signIn();
  await scene.store.revoke(scene.commands.revoke(await scene.signIn()));
  const key = keys.session(record.id);
  const [owner, masters] = [await cluster.masterOf(key), await cluster.masters()];
  const target = masters.find((master) => master !== owner)!;
  await cluster.moveSlot(await cluster.slotOf(key), target);
  expect(await scene.store.revoke(scene.commands.revoke(record))).toMatchObject({
    status: 'ended',
    changed: true,
    durable: true,
  });
});

test('B4 B12 a master that has handed its slots over is followed', async () => {
  const record = await scene.signIn();
  expect(await revokeOne()).toBe('durable');
  const owner = await cluster.masterOf(keys.session(record.id));
  await cluster.failover(owner);
  const revoke = scene.commands.revoke(record);
  // Where the old master broke the connection in between, the first answer is no, and the next is yes.
  await waitUntil(
    'it is durable on the new master',
    async () => {
      const outcome = await scene.store.revoke(revoke);
      return outcome.status === 'ended' && outcome.durable;
    },
    patience,
  );
  expect((await scene.store.find(record.id))?.ending).not.toBeNull();
}, 60_000);

test('close leaves no connection to any master', async () => {
  for (let count = 0; count < 20; count++) await revokeOne();
  await scene.store.close();
  const masters = await cluster.masters();
  await waitUntil('all are closed', async () =>
    (await Promise.all(masters.map(({ port }) => linksTo(port)))).every((count) => count === 0),
  );
});
