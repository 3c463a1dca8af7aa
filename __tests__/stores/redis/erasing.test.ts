import { mintSessionId, userKey } from '../../../lib/domain/session-id';
import { SessionManager } from '../../../lib/session-manager';
import { minute, second, start } from '../../../lib/store/conformance/records';
import { newOneTime } from '../../../lib/store/conformance/limits';
import { idOf, nameOf } from '../../../lib/stores/redis/keys';
import { testRedisUrl } from '../../harness/test-redis';
import { openRedisScene, type RedisScene } from './scene';

let scene: RedisScene;

beforeEach(async () => {
  scene = await openRedisScene(testRedisUrl());
});

afterEach(() => scene.close());

/** As many sessions as that, copied from one: signing in so often would take longer than the test. */
async function fill(count: number, at: number): Promise<void> {
  const { redis, keys, userId, signIn } = scene;
  const index = keys.index(userKey(userId));
  const record = await redis.getBuffer(keys.session((await signIn({ at })).id));
  const [member, score] = await redis.zrangeBuffer(index, 0, 0, 'WITHSCORES');
  const batch = redis.pipeline();
  for (let made = 1; made < count; made++) {
    const name = nameOf(mintSessionId(userId));
    batch.set(keys.session(idOf(name)!), record!);
    batch.zadd(index, String(score), Buffer.concat([Buffer.from(name), member!.subarray(name.length)]));
  }
  await batch.exec();
}

test('A61 A78 what stays of an erased user is one key, which expires; their name is in none', async () => {
  const { store, commands, userId, redis, keys, keyNames, signIn } = scene;
  await store.revoke(commands.revoke(await signIn()));
  await signIn();
  await store.putOneTime(commands.putOneTime(newOneTime(userId)));
  await store.setLimit(commands.setLimit(userId, 3));
  await store.erase(commands.erase(userId, start + minute));
  expect(await keyNames()).toEqual([keys.epoch(userKey(userId))]);
  expect(await redis.pttl(keys.epoch(userKey(userId)))).toBeGreaterThan(0);
  expect((await redis.getBuffer(keys.epoch(userKey(userId))))!.includes(userId)).toBe(false);
});

test('A61 which tokens a user has is known no longer than there are any', async () => {
  const { store, commands, userId, redis, keys } = scene;
  const name = keys.oneTimesOf(userKey(userId));
  await store.putOneTime(commands.putOneTime(newOneTime(userId, { expiresAt: start + 20 * minute })));
  await store.putOneTime(commands.putOneTime(newOneTime(userId)));
  const left = await redis.pttl(name);
  expect(left).toBeLessThanOrEqual(30 * minute);
  expect(left).toBeGreaterThan(29 * minute);
  await store.putOneTime(
    commands.putOneTime(newOneTime(userId, { expiresAt: start + 60 * minute }), { at: start + 16 * minute }),
  );
  expect(await redis.zcard(name)).toBe(2);
});

test('A78 a session that the index had lost goes at its next touch, and leaves nothing', async () => {
  const { store, redis, keys, userId, commands, signIn, keyNames } = scene;
  const record = await signIn();
  await redis.del(keys.index(userKey(userId)));
  await store.erase(commands.erase(userId, start + minute));
  expect(await redis.exists(keys.session(record.id))).toBe(1);
  const at = start + minute + second;
  expect(await store.touch(commands.touch(record, { at }))).toEqual({ status: 'outdated', reason: 'erased' });
  expect(await store.revoke(commands.revoke(record, { at }))).toEqual({ status: 'missing' });
  expect(await keyNames()).toEqual([keys.epoch(userKey(userId))]);
});

test('A78 a log that is written anew keeps its names, its order and its life', async () => {
  const { store, commands, userId, redis, keys } = scene;
  const entry = {
    at: start,
    actor: 'desk',
    operation: 'showUserLimit',
    status: 200,
    code: null,
    sessionId: null,
    ip: null,
  };
  for (let count = 0; count < 2_500; count += 100) {
    const some = Array.from({ length: 100 }, (_, index) => `call-${count + index}`);
    await Promise.all(
      some.map((id, index) =>
        store.logAccess(commands.logAccess({ ...entry, id, userId: index === 7 ? userId : 'bob' })),
      ),
    );
  }
  await redis.pexpire(keys.accessLog(), 60 * minute);
  const names = async () => (await redis.xrange(keys.accessLog(), '-', '+')).map(([name, [id]]) => `${name} ${id}`);
  const before = await names();
  await store.erase(commands.erase(userId, start + minute));
  expect(await names()).toEqual(before);
  expect(await redis.pttl(keys.accessLog())).toBeLessThanOrEqual(60 * minute);
  expect((await redis.xrange(keys.accessLog(), '-', '+')).flat(2).join()).not.toContain(userId);
  const { entries } = await store.accessLog({ at: start, after: null, limit: 3_000, actor: null });
  expect(entries.filter((one) => one.userId === null)).toHaveLength(25);
  expect(entries.filter((one) => one.userId === 'bob')).toHaveLength(2_475);
});

test('A78 ten thousand sessions are exported whole, and end in one step', async () => {
  const { store, userId, keyNames } = scene;
  await fill(10_000, await store.now());
  const sessions = new SessionManager({ store });
  const { active } = (await sessions.privacy.export(userId)).sessions;
  expect(new Set(active.map(({ id }) => id)).size).toBe(10_000);
  expect(await sessions.privacy.erase(userId)).toMatchObject({ count: 10_000 });
  expect(await keyNames()).toHaveLength(1);
});
