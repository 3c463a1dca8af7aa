import { userKey } from '../../../lib/domain/session-id';
import { evict, limits } from '../../../lib/store/conformance/limits';
import { minute, newRecord, start } from '../../../lib/store/conformance/records';
import { testRedisUrl } from '../../harness/test-redis';
import { openRedisScene, type RedisScene } from './scene';

// Under another policy than noeviction Redis drops keys as it likes; the index may still name them.
let scene: RedisScene;

beforeEach(async () => {
  scene = await openRedisScene(testRedisUrl());
});

afterEach(() => scene.close());

const at = start + minute;

test('B11 A40 a session that Redis has dropped does not count, and leaves the index', async () => {
  const { store, commands, userId, redis, keys, signIn } = scene;
  const [dropped, alive] = [await signIn(), await signIn()];
  await redis.del(keys.session(dropped.id));
  const create = () => store.create(commands.create(newRecord({ userId, at }), { limits: limits({ user: 2 }) }));
  expect(await create()).toMatchObject({ status: 'created', ended: [], others: 1 });
  expect(await redis.zcard(keys.index(userKey(userId)))).toBe(2);
  expect(await create()).toMatchObject({ status: 'limit-reached' });
  expect(await store.find(alive.id)).toEqual(alive);
});

test('B11 A41 nobody has to go for a session that Redis has dropped', async () => {
  const { store, commands, userId, redis, keys, signIn } = scene;
  const [first, dropped, last] = [await signIn(), await signIn({ at: start + 1 }), await signIn({ at: start + 2 })];
  await redis.del(keys.session(dropped.id));
  const trimmed = await store.trim(commands.trim(userId, at, limits({ user: 1 })));
  expect(trimmed.count).toBe(1);
  expect((await store.find(first.id))?.ending?.reason).toBe('evicted');
  expect(await redis.zcount(keys.index(userKey(userId)), 0, '+inf')).toBe(1);
  const given = { limits: limits({ user: 1 }), evict: evict('oldest', [dropped.id]) };
  const outcome = await store.create(commands.create(newRecord({ userId, at }), given));
  expect(outcome).toMatchObject({ status: 'created', ended: [{ id: last.id }], others: 0 });
});
