import { mintSessionId, userKey } from '../../../lib/domain/session-id';
import { evict, limits, newOneTime } from '../../../lib/store/conformance/limits';
import { minute, newRecord, start } from '../../../lib/store/conformance/records';
import { retention } from '../../../lib/store/retention';
import { nameOf } from '../../../lib/stores/redis/keys';
import { testRedisUrl } from '../../harness/test-redis';
import { openRedisScene, type RedisScene } from './scene';

let scene: RedisScene;

beforeEach(async () => {
  scene = await openRedisScene(testRedisUrl());
});

afterEach(() => scene.close());

const at = start + minute;

/** As many sessions as that, copied from one: signing in so often would take longer than the test. */
async function fill(count: number): Promise<void> {
  const { redis, keys, userId, signIn } = scene;
  const index = keys.index(userKey(userId));
  const record = await redis.getBuffer(keys.session((await signIn()).id));
  const [member, score] = await redis.zrangeBuffer(index, 0, 0, 'WITHSCORES');
  const batch = redis.pipeline();
  for (let made = 1; made < count; made++) {
    const id = mintSessionId(userId);
    batch.set(keys.session(id), record!);
    batch.zadd(index, String(score), Buffer.concat([Buffer.from(nameOf(id)), member!.subarray(nameOf(id).length)]));
  }
  await batch.exec();
}

const liveKeys = async (): Promise<number> =>
  (await scene.keyNames()).filter((name) => name.includes(':s:')).length;

test('of ten thousand sessions all but a few are trimmed, in one step', async () => {
  const { store, commands, userId, redis, keys } = scene;
  await fill(10_000);
  const outcome = await store.trim(commands.trim(userId, at, limits({ user: 3 })));
  expect(outcome).toEqual({ status: 'trimmed', count: 9_997, durable: true });
  expect(await redis.zcard(keys.index(userKey(userId)))).toBe(3 + retention.tombstones);
  expect(await liveKeys()).toBe(3 + retention.tombstones);
});

test('ten thousand sessions are asked for a login, or end, when a sign-in is disowned, in one step', async () => {
  const { store, commands, userId, redis, keys } = scene;
  await fill(10_000);
  for (const [since, outcome] of [
    [at, { count: 0, stepUps: 10_000 }],
    [start, { count: 10_000, stepUps: 0 }],
  ] as const) {
    const oneTime = newOneTime(userId);
    await store.putOneTime(commands.putOneTime(oneTime));
    const command = commands.disown(oneTime, userId, since, { at });
    expect(await store.disown(command)).toEqual({ status: 'disowned', durable: true, ...outcome });
  }
  expect(await redis.zcard(keys.index(userKey(userId)))).toBe(retention.tombstones);
  expect(await liveKeys()).toBe(retention.tombstones);
});

test('of thousands, a sign-in makes as many go as it takes, or is refused in time', async () => {
  const { store, commands, userId, redis, keys } = scene;
  await fill(3_000);
  const one = { limits: limits({ user: 1 }) };
  const refused = await store.create(commands.create(newRecord({ userId, at }), one));
  expect(refused).toMatchObject({ status: 'limit-reached', records: { length: 3_000 } });
  const given = { ...one, evict: evict('least-recent') };
  const outcome = await store.create(commands.create(newRecord({ userId, at }), given));
  expect(outcome).toMatchObject({
    status: 'created',
    others: 0,
    ended: { length: retention.tombstones },
    endedCount: 3_000,
  });
  expect(await redis.zcard(keys.index(userKey(userId)))).toBe(1 + retention.tombstones);
  expect(await liveKeys()).toBe(1 + retention.tombstones);
});

test('of thousands, a function is shown all that live, whole and each once', async () => {
  const { store, commands, userId, redis, keys } = scene;
  const first = await scene.signIn({ at: start - minute });
  await fill(1_234);
  const ended = await scene.signIn({ at: start + 1 });
  await store.revoke(commands.revoke(ended));
  const last = await scene.signIn({ at: start + 2 });
  const dropped = await scene.signIn();
  await redis.del(keys.session(dropped.id));
  const outcome = await store.create(commands.create(newRecord({ userId, at }), { limits: limits({ user: 9 }) }));
  if (outcome.status !== 'limit-reached') throw new Error(outcome.status);
  expect(outcome.records).toHaveLength(1_236);
  expect(new Set(outcome.records.map(({ id }) => id)).size).toBe(1_236);
  expect([outcome.records[0], outcome.records.at(-1)]).toEqual([last, first]);
});
