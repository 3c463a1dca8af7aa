import { userKey } from '../../../lib/domain/session-id';
import type { SessionRecord } from '../../../lib/domain/session-record';
import { everyWrite, writeNames } from '../../../lib/store/conformance/every-write';
import { evict, limits, newOneTime, onReached } from '../../../lib/store/conformance/limits';
import { minute, newRecord, second, start } from '../../../lib/store/conformance/records';
import { RedisStore } from '../../../lib/stores/redis';
import { testRedisUrl } from '../../harness/test-redis';
import { activeQuery, openRedisScene, type RedisScene } from './scene';

let scene: RedisScene;

beforeEach(async () => {
  scene = await openRedisScene(testRedisUrl());
});

afterEach(() => scene.close());

const damages: Record<string, (bytes: Buffer) => Buffer> = {
  'of a newer format': (bytes) => Buffer.concat([Buffer.from([2]), bytes.subarray(1)]),
  'cut off in its header': (bytes) => bytes.subarray(0, 100),
  'cut off behind its header': (bytes) => bytes.subarray(0, 327),
  'cut off in its profile': (bytes) => bytes.subarray(0, 400),
  'that is empty': () => Buffer.alloc(0),
  'that is no record': () => Buffer.from('garbage'),
};

async function damage(record: SessionRecord, how: (bytes: Buffer) => Buffer): Promise<void> {
  const key = scene.keys.session(record.id);
  const bytes = await scene.redis.getBuffer(key);
  await scene.redis.set(key, how(bytes!), 'KEEPTTL');
}

describe.each(Object.entries(damages))('B30 a record %s', (_, how) => {
  test('is not found, and that is told', async () => {
    const record = await scene.signIn();
    await damage(record, how);
    expect(await scene.store.find(record.id)).toBeUndefined();
    expect(scene.incidents).toEqual([{ kind: 'unreadable-record', sessionId: record.id }]);
  });

  test('is no hindrance to the other sessions of its user', async () => {
    const { store, commands, userId, signIn } = scene;
    const [damaged, whole] = [await signIn(), await signIn()];
    await damage(damaged, how);
    expect((await store.list(activeQuery(userId, start))).records).toEqual([whole]);
    expect((await store.rotate(commands.rotate(whole))).status).toBe('rotated');
    expect((await store.revoke(commands.revoke(whole))).status).toBe('ended');
  });

  test('does not survive the end of all sessions: another version may be able to read it', async () => {
    const { store, redis, keys, commands, userId, signIn } = scene;
    const [damaged] = [await signIn(), await signIn()];
    await damage(damaged, how);
    expect((await store.revokeAll(commands.revokeAll(userId, start + minute))).count).toBe(1);
    expect(await redis.exists(keys.session(damaged.id))).toBe(0);
    expect(await redis.zcount(keys.index(userKey(userId)), 0, '+inf')).toBe(0);
  });

  test('counts for the limits, since another version may let it in, and cannot make room', async () => {
    const { store, redis, keys, commands, userId, signIn } = scene;
    const [damaged, whole] = [await signIn(), await signIn()];
    await damage(damaged, how);
    const at = start + minute;
    const create = (max: number) => {
      const given = { limits: limits({ user: max }), evict: evict('oldest') };
      return store.create(commands.create(newRecord({ userId, at }), given));
    };
    expect(await create(1)).toMatchObject({ status: 'limit-reached', records: [{ id: whole.id }], ended: [] });
    expect(await store.find(whole.id)).toEqual(whole);
    expect(await create(2)).toMatchObject({ status: 'created', ended: [{ id: whole.id }], others: 1 });
    expect((await store.trim(commands.trim(userId, at, limits({ user: 0 })))).count).toBe(1);
    expect(await redis.exists(keys.session(damaged.id))).toBe(1);
  });

  test('is no target of a sign-in that is resumed', async () => {
    const { store, commands, userId, signIn } = scene;
    const damaged = await signIn();
    const oneTime = newOneTime(userId);
    const rules = { limits: limits({ user: 1 }) };
    const given = { ...rules, onReached: onReached(oneTime, start) };
    await store.create(commands.create(newRecord({ userId }), given));
    await damage(damaged, how);
    const consumes = { oneTime: oneTime.id, ends: damaged.id };
    const outcome = await store.create(commands.create(newRecord({ userId }), { ...rules, consumes }));
    expect(outcome).toEqual({ status: 'unknown-target' });
  });

  test('is left as it is by every write on it alone', async () => {
    const { store, redis, keys, commands, signIn } = scene;
    const record = await signIn();
    await damage(record, how);
    const before = await redis.getBuffer(keys.session(record.id));
    for (const name of writeNames.filter((write) => !/revoke-all|sign-in|trim|limit|note|disowning/.test(write))) {
      expect([name, await everyWrite[name](commands, record)(store)]).toEqual([name, { status: 'missing' }]);
    }
    expect(await store.touch(commands.touch(record))).toEqual({ status: 'missing' });
    expect(await redis.getBuffer(keys.session(record.id))).toEqual(before);
  });
});

test('B30 damage that scripts do not see, in the JSON they never read, is told and not thrown', async () => {
  const { store, commands, userId, incidents, signIn } = scene;
  const record = await signIn();
  await damage(record, (bytes) => Buffer.concat([bytes.subarray(0, -1), Buffer.from('?')]));
  const soon = { at: start + second };
  expect((await store.rotate(commands.rotate(record, soon))).status).toBe('missing');
  expect((await store.amend(commands.amend(record, { version: 5 }))).status).toBe('missing');
  expect((await store.retire(commands.retire(record, 'access', soon))).status).toBe('missing');
  expect((await store.list(activeQuery(userId, start))).records).toEqual([]);
  expect((await store.revoke(commands.revoke(record, soon))).status).toBe('ended');
  expect(new Set(incidents.map(({ kind }) => kind))).toEqual(new Set(['unreadable-record']));
});

test('A67 a listener that fails does not stand in the way', async () => {
  const warned = jest.spyOn(process, 'emitWarning').mockReturnValue();
  const store = new RedisStore({
    url: testRedisUrl(),
    prefix: scene.prefix,
    onIncident() {
      throw new Error('the log is full');
    },
  });
  const record = await scene.signIn();
  await damage(record, () => Buffer.from('garbage'));
  expect(await store.find(record.id)).toBeUndefined();
  expect(warned).toHaveBeenCalledWith('RedisStore.onIncident failed: Error: the log is full', {
    type: 'SessionkeeperWarning',
  });
  warned.mockRestore();
  await store.close();
});

test('without a listener, one warning a kind is given', async () => {
  const { warnOnce } = await import('../../../lib/stores/redis/incidents');
  const warned = jest.spyOn(process, 'emitWarning').mockReturnValue();
  const listener = warnOnce();
  listener({ kind: 'audit-lost' });
  listener({ kind: 'audit-lost' });
  listener({ kind: 'unreadable-record', sessionId: (await scene.signIn()).id });
  expect(warned.mock.calls.map(([, options]) => options)).toEqual([
    { type: 'SessionkeeperWarning', code: 'SESSIONKEEPER_REDIS_HISTORY' },
    { type: 'SessionkeeperWarning', code: 'SESSIONKEEPER_REDIS_RECORD' },
  ]);
  warned.mockRestore();
});
