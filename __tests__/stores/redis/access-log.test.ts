import { randomBytes } from 'node:crypto';
import type { AccessEntry } from '../../../lib/store/access-log';
import { day, start } from '../../../lib/store/conformance/records';
import { retention } from '../../../lib/store/retention';
import { encodeAccess } from '../../../lib/stores/redis/access-codec';
import { testRedisUrl } from '../../harness/test-redis';
import { openRedisScene, type RedisScene } from './scene';

let scene: RedisScene;
beforeEach(async () => (scene = await openRedisScene(testRedisUrl())));
afterEach(() => scene.close());

const entryAt = (at: number): AccessEntry => {
  const nobody = { operation: null, code: null, userId: null, sessionId: null, ip: null };
  return { id: randomBytes(8).toString('base64url'), at, actor: 'desk', status: 200, ...nobody };
};

test('A61 the log is one stream that expires a year after the last call', async () => {
  const { store, commands, redis, keys, keyNames } = scene;
  await store.logAccess(commands.logAccess(entryAt(start)));
  expect(await keyNames()).toEqual([keys.accessLog()]);
  expect(keys.accessLog()).toMatch(/:t:\{000\}$/);
  expect(await redis.type(keys.accessLog())).toBe('stream');
  const left = await redis.pttl(keys.accessLog());
  expect(left).toBeGreaterThan(retention.auditMilliseconds - 60_000);
  expect(left).toBeLessThanOrEqual(retention.auditMilliseconds);
});

test('the oldest make room for new ones', async () => {
  const { store, commands, redis, keys } = scene;
  const filling = redis.pipeline();
  for (let number = 1; number <= retention.accessEntries; number++) {
    filling.xadd(keys.accessLog(), `${start}-${number}`, `entry-${number}`, encodeAccess(entryAt(start)));
  }
  await filling.exec();
  await store.logAccess(commands.logAccess(entryAt(start)));
  expect(await redis.xlen(keys.accessLog())).toBe(retention.accessEntries);
  expect((await redis.xrange(keys.accessLog(), '-', '+', 'COUNT', 1))[0]![0]).toBe(`${start}-2`);
});

test('A66 those by nobody stand in a stream of their own, in the same slot, and make room for each other alone', async () => {
  const { store, commands, redis, keys, keyNames } = scene;
  await store.logAccess(commands.logAccess(entryAt(start)));
  const strangers = keys.anonymousAccessLog();
  const filling = redis.pipeline();
  for (let number = 1; number <= retention.anonymousAccessEntries; number++) {
    filling.xadd(
      strangers,
      `${start}-${number}`,
      `entry-${number}`,
      encodeAccess({ ...entryAt(start), actor: null }),
    );
  }
  await filling.exec();
  await store.logAccess(commands.logAccess({ ...entryAt(start), actor: null }));
  expect([...(await keyNames())].sort()).toEqual([keys.accessLog(), strangers].sort());
  expect(strangers).toMatch(/:t:\{000\}anonymous$/);
  expect(await redis.xlen(strangers)).toBe(retention.anonymousAccessEntries);
  expect((await redis.xrange(strangers, '-', '+', 'COUNT', 1))[0]![0]).toBe(`${start}-2`);
  expect(await redis.xlen(keys.accessLog())).toBe(1);
  expect(await redis.pttl(strangers)).toBeGreaterThan(retention.auditMilliseconds - 60_000);
});

test('what is older than a year goes with the next call, to the millisecond', async () => {
  const { store, commands } = scene;
  const [old, kept] = [entryAt(start), entryAt(start + 1)];
  for (const entry of [old, kept]) await store.logAccess(commands.logAccess(entry));
  const next = entryAt(start + 365 * day);
  await store.logAccess(commands.logAccess(next));
  expect((await store.accessLog({ at: start, after: null, limit: 10, actor: null })).entries).toEqual([next, kept]);
});

test('B17 a write that fails leaves nothing, and the next one succeeds', async () => {
  const { store, commands, redis, keys } = scene;
  await redis.set(keys.accessLog(), 'not a stream');
  await expect(store.logAccess(commands.logAccess(entryAt(start)))).rejects.toMatchObject({
    code: 'store_unavailable',
  });
  await redis.del(keys.accessLog());
  await store.logAccess(commands.logAccess(entryAt(start)));
  expect(await redis.xlen(keys.accessLog())).toBe(1);
});
