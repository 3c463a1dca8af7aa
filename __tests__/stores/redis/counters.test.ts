import { userKey } from '../../../lib/domain/session-id';
import type { CounterId } from '../../../lib/domain/slotted-id';
import { budget, locking, newCounter, rule } from '../../../lib/store/conformance/counters';
import { day, minute, second, start } from '../../../lib/store/conformance/records';
import { retention } from '../../../lib/store/retention';
import { Keys } from '../../../lib/stores/redis/keys';
import { rejectionOf } from '../../fixtures/refusal-of';
import { type RedisServer, startRedis } from '../../harness/redis-server';
import { testRedisUrl } from '../../harness/test-redis';
import { historyQuery, openRedisScene, type RedisScene } from './scene';
import { commandsDuring } from './server-commands';

let scene: RedisScene;

afterEach(() => scene.close());

describe('on the server of all tests', () => {
  let id: CounterId;

  beforeEach(async () => {
    scene = await openRedisScene(testRedisUrl());
    id = newCounter(scene.userId);
  });

  /** How long the counter still lives; -1: for good. */
  const life = () => scene.redis.pttl(scene.keys.counter(id));

  /** Scripts and replies take a moment. */
  async function expectLife(milliseconds: number): Promise<void> {
    const left = await life();
    expect(left).toBeLessThanOrEqual(milliseconds);
    expect(left).toBeGreaterThan(milliseconds - 5 * second);
  }

  const count = (hold: number, at = start) =>
    scene.store.count(scene.commands.count(scene.userId, [budget(rule(id, [hold]))], { at }));

  test('A61 a counter lives for its retention, or as long as it is held', async () => {
    await count(0);
    await expectLife(retention.counterMilliseconds);
    await count(minute);
    await expectLife(retention.counterMilliseconds);
    await count(40 * day, start + minute);
    await expectLife(40 * day);
  });

  test('A61 a known counter lives longer, and anew with each count and reset', async () => {
    const { store, commands, userId, redis, keys } = scene;
    await store.reset(commands.reset(userId, [], { known: id }));
    await expectLife(retention.knownMilliseconds);
    await redis.pexpire(keys.counter(id), minute);
    await count(minute);
    await expectLife(retention.knownMilliseconds);
    await redis.pexpire(keys.counter(id), minute);
    await store.reset(commands.reset(userId, [id]));
    await expectLife(retention.knownMilliseconds);
  });

  test('a counter that is held for good never expires, until it is let go', async () => {
    const { store, commands, userId } = scene;
    await count(0);
    await count(Infinity);
    expect(await life()).toBe(-1);
    await store.reset(commands.reset(userId, [id]));
    await expectLife(retention.counterMilliseconds);
    await count(Infinity);
    await store.reset(commands.reset(userId, [], { known: id }));
    await expectLife(retention.knownMilliseconds);
  });

  test('nothing is kept of a counter that was reset, unless that is audited', async () => {
    const { store, commands, userId, keyNames } = scene;
    await count(second);
    await store.reset(commands.reset(userId, [id], { audit: null }));
    expect(await keyNames()).toEqual([]);
  });

  test('a probe creates nothing, changes no byte and lengthens no life', async () => {
    const { store, commands, userId, redis, keys, dump } = scene;
    const budgets = [locking(budget(rule(id, [second], minute)), 1, start)];
    const ask = (at: number) => store.count(commands.count(userId, budgets, { at, probe: true }));
    await ask(start);
    expect(await dump()).toEqual({});
    await count(second);
    await redis.pexpire(keys.counter(id), minute);
    const before = await dump();
    for (const at of [start, start + second, start + minute]) await ask(at);
    expect(await dump()).toEqual(before);
    await expectLife(minute);
  });

  test('a counter stays small, however often it counts', async () => {
    const { store, commands, userId, redis, keys } = scene;
    const follower = newCounter(userId);
    const budgets = [budget(rule(id, []), { followers: [rule(follower, [])] })];
    for (let made = 0; made < 10; made++) await store.count(commands.count(userId, budgets));
    expect(await redis.strlen(keys.counter(id))).toBe(62);
    expect(await redis.strlen(keys.counter(follower))).toBe(26);
  });

  test('A59 its key holds nothing but its id', () => {
    expect(new Keys('sk').counter('0af-_23456789012345678901X' as CounterId)).toBe(
      'sk:f:{0af}-_23456789012345678901X',
    );
  });

  test('each write is one script, a look one MGET', async () => {
    const { store, commands, userId, prefix } = scene;
    const verbs = {
      count: () => count(0),
      probe: () => store.count(commands.count(userId, [budget(rule(id, []))], { probe: true })),
      reset: () => store.reset(commands.reset(userId, [id])),
      findCounters: () => store.findCounters([id, newCounter(userId)]),
    };
    // A connection sends a script by its text once.
    for (const run of Object.values(verbs)) await run();
    const costs = [];
    for (const run of Object.values(verbs)) {
      const sent = await commandsDuring(testRedisUrl(), prefix, run);
      costs.push(sent.map(([command = '']) => command.toLowerCase()));
    }
    expect(costs).toEqual([['evalsha'], ['evalsha'], ['evalsha'], ['mget']]);
  });

  test('B30 what cannot be read lets nobody guess on, and a reset gets rid of it', async () => {
    const { store, commands, userId, redis, keys, dump } = scene;
    for (const strange of ['\u0002 of a newer version', '']) {
      await redis.set(keys.counter(id), strange);
      const before = await dump();
      const probe = commands.count(userId, [budget(rule(id, []))], { probe: true });
      const refused = [count(0), store.count(probe), store.findCounters([id])];
      for (const each of refused) expect((await rejectionOf(each)).code).toBe('store_unavailable');
      expect(await dump()).toEqual(before);
      expect(await store.reset(commands.reset(userId, [id]))).toEqual({ forgot: false });
      expect(await store.findCounters([id])).toEqual([{ count: 0, heldUntil: 0 }]);
    }
  });

  test('counters and a history that lie in several slots are a fault, and nothing is written', async () => {
    const { store, commands, userId, keyNames } = scene;
    const elsewhere = `${id.startsWith('f') ? '0' : 'f'}${id.slice(1)}` as CounterId;
    const apart = budget(rule(id, []), { followers: [rule(elsewhere, [])] });
    const audited = locking(budget(rule(elsewhere, [])), 1, start);
    const faults = [
      store.count(commands.count(userId, [apart])),
      store.count(commands.count(userId, [audited])),
      store.count(commands.count(userId, [apart], { probe: true })),
      store.reset(commands.reset(userId, [id], { known: elsewhere })),
      store.findCounters([id, elsewhere]),
    ];
    for (const fault of faults) expect((await rejectionOf(fault)).code).toBe('internal_error');
    expect(await keyNames()).toEqual([]);
    const alone = budget(rule(elsewhere, []));
    expect((await store.count(commands.count(userId, [alone]))).status).toBe('counted');
  });

  test('a lock stands where its history entry cannot be written, and that is told', async () => {
    const { store, commands, userId, redis, keys, incidents } = scene;
    await redis.lpush(keys.audit(userKey(userId)), 'not a history');
    const blocking = locking(budget(rule(id, [Infinity])), 1, start);
    expect((await store.count(commands.count(userId, [blocking]))).status).toBe('counted');
    expect(await store.reset(commands.reset(userId, [id]))).toEqual({ forgot: true });
    expect(incidents).toEqual([{ kind: 'audit-delayed' }, { kind: 'audit-delayed' }]);
  });
});

describe('out of memory', () => {
  let server: RedisServer;

  beforeAll(async () => {
    server = await startRedis({ args: ['--maxmemory-policy', 'noeviction'] });
  });

  afterAll(() => server.stop());

  beforeEach(async () => {
    scene = await openRedisScene(server.url);
  });

  afterEach(() => server.cli('CONFIG', 'SET', 'maxmemory', '0'));

  const fillMemory = () => server.cli('CONFIG', 'SET', 'maxmemory', '1');

  test('B10 B17 a count is refused, and nothing is counted', async () => {
    const { store, commands, userId, dump } = scene;
    const [leader, follower] = [newCounter(userId), newCounter(userId)];
    const budgets = [locking(budget(rule(leader, []), { followers: [rule(follower, [])] }), 1, start)];
    await store.count(commands.count(userId, [budget(rule(follower, []))]));
    const before = await dump();
    await fillMemory();
    const { code, cause } = await rejectionOf(store.count(commands.count(userId, budgets)));
    expect(code).toBe('store_unavailable');
    expect(String(cause)).toContain('OOM');
    expect(await dump()).toEqual(before);
  });

  test('B10 a probe is answered, a lock is lifted and a device made known all the same', async () => {
    const { store, commands, userId } = scene;
    const [locked, other, device] = [newCounter(userId), newCounter(userId), newCounter(userId)];
    await store.count(commands.count(userId, [budget(rule(other, []))]));
    const blocking = [budget(rule(locked, [Infinity]))];
    await store.count(commands.count(userId, blocking));
    await fillMemory();
    expect((await store.count(commands.count(userId, blocking, { probe: true }))).status).toBe('held');
    const reset = commands.reset(userId, [locked], { known: device });
    expect(await store.reset(reset)).toEqual({ forgot: true });
    const found = await store.findCounters([locked, other]);
    expect(found.map((counter) => [counter.count, counter.heldUntil])).toEqual([
      [0, 0],
      [1, 0],
    ]);
    expect((await store.history(historyQuery(userId))).entries).toEqual([reset.audit?.entry]);
    await server.cli('CONFIG', 'SET', 'maxmemory', '0');
    const known = budget(rule(other, []), { known: device, followers: [rule(device, [])] });
    const outcome = await store.count(commands.count(userId, [known, budget(rule(locked, []))]));
    expect(outcome.budget).toBe(0);
  });
});

describe('in a cluster', () => {
  let cluster: RedisServer;

  beforeAll(async () => {
    cluster = await startRedis({ clusterEnabled: true });
  });

  afterAll(() => cluster.stop());

  test("A62 all that one command writes lies in the slot of the user's keys", async () => {
    scene = await openRedisScene(cluster.url);
    const { store, commands, userId, keys } = scene;
    const [leader, device] = [newCounter(userId), newCounter(userId)];
    const followers = [rule(device, [])];
    const known = locking(budget(rule(leader, [Infinity]), { known: device, followers }), 1, start);
    await store.reset(commands.reset(userId, [leader], { known: device }));
    expect((await store.count(commands.count(userId, [known]))).status).toBe('counted');
    const names = await scene.keyNames();
    expect(names).toHaveLength(3);
    const slots = [keys.index(userKey(userId)), ...names].map((name) => scene.redis.cluster('KEYSLOT', name));
    expect(new Set(await Promise.all(slots)).size).toBe(1);
  });
});
