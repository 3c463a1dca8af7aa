import { type RedisCluster, startCluster } from './redis-cluster';

let cluster: RedisCluster;

beforeAll(async () => {
  cluster = await startCluster();
}, 60_000);

afterAll(() => cluster.stop());

const others = async (...taken: object[]) => (await cluster.masters()).filter((node) => !taken.includes(node));

test('six nodes: three masters that own all slots, each with a replica that follows', async () => {
  const masters = await cluster.masters();
  expect(masters).toHaveLength(3);
  const replicas = await Promise.all(masters.map((master) => cluster.replicaOf(master)));
  expect(new Set([...masters, ...replicas]).size).toBe(6);
  const master = await cluster.masterOf('a');
  await master.cli('SET', 'a', '1');
  expect(await master.cli('WAIT', '1', '10000')).toBe(1);
});

test('a slot moves with its keys, and half-way some are on either side', async () => {
  const from = await cluster.masterOf('{slot}');
  const slot = await cluster.slotOf('{slot}');
  const [to] = await others(from);
  for (const name of ['{slot}1', '{slot}2', '{slot}3', '{slot}4']) await from.cli('SET', name, '1');
  const count = async (node: typeof from) => Number(await node.cli('CLUSTER', 'COUNTKEYSINSLOT', String(slot)));
  let halves: number[] = [];
  await cluster.moveSlot(slot, to!, {
    during: async () => {
      halves = await Promise.all([from, to!].map(count));
    },
  });
  expect(halves).toEqual([2, 2]);
  expect(await cluster.masterOf('{slot}')).toBe(to);
  expect(await to!.cli('GET', '{slot}3')).toBe('1');
  await expect(from.cli('GET', '{slot}3')).rejects.toThrow(`MOVED ${slot} 127.0.0.1:${to!.port}`);
});

test('a master hands over, another dies, and the dead one comes back as a replica', async () => {
  const master = await cluster.masterOf('b');
  await master.cli('SET', 'b', '1');
  const heir = await cluster.failover(master);
  expect(await cluster.masterOf('b')).toBe(heir);
  expect(await heir.cli('GET', 'b')).toBe('1');
  expect(await cluster.replicaOf(heir)).toBe(master);

  const { former, promoted } = await cluster.killMaster('b');
  expect([former, promoted]).toEqual([heir, master]);
  expect(await promoted.cli('GET', 'b')).toBe('1');
  await cluster.restartNode(former);
  expect(await cluster.replicaOf(promoted)).toBe(former);
}, 60_000);
