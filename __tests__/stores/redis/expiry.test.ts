import { effectiveExpiresAt } from '../../../lib/domain/deadlines';
import { userKey } from '../../../lib/domain/session-id';
import { newKeys, replaced } from '../../../lib/store/conformance/commands';
import { limits, newOneTime, onReached } from '../../../lib/store/conformance/limits';
import { day, minute, newRecord, second, start } from '../../../lib/store/conformance/records';
import { retention } from '../../../lib/store/retention';
import { testRedisUrl } from '../../harness/test-redis';
import { openRedisScene, type RedisScene } from './scene';

let scene: RedisScene;

beforeEach(async () => {
  scene = await openRedisScene(testRedisUrl());
});

afterEach(() => scene.close());

/** How long a key still lives; scripts and replies take a moment. */
async function expectLife(name: string, milliseconds: number): Promise<void> {
  const left = await scene.redis.pttl(name);
  expect(left).toBeLessThanOrEqual(milliseconds);
  expect(left).toBeGreaterThan(milliseconds - 5 * second);
}

test('A61 every key expires, whatever was done', async () => {
  const { store, commands, userId, redis, keyNames, signIn } = scene;
  const first = await signIn();
  await store.rotate(commands.rotate(first));
  const fresh = (await store.find(first.id))!;
  await store.repeat(commands.repeat(fresh));
  await store.touch(commands.touch(fresh, { confirm: 1 }));
  await store.amend(commands.amend(fresh, { trusted: true }));
  await store.retire(commands.retire(fresh, 'access'));
  await store.rekey(commands.rekey(fresh));
  await signIn();
  await store.revokeAll(commands.revokeAll(userId, start + minute, { epoch: null, untrustedOnly: true }));
  const last = await signIn({ at: start + minute });
  const next = newRecord({ userId, at: start + 2 * minute });
  await store.create(commands.create(next, { replaces: [replaced(last)] }));
  await store.revokeAll(commands.revokeAll(userId, start + 3 * minute, { except: next.id, rekey: newKeys(next) }));
  await store.revoke(commands.revoke(next, { at: start + 4 * minute }));
  const names = await keyNames();
  expect(new Set(names.map((name) => name.split(':')[1]))).toEqual(new Set(['s', 'i', 'a', 'e']));
  for (const name of names) expect([name, await redis.pttl(name)]).toEqual([name, expect.any(Number)]);
  expect(Math.min(...(await Promise.all(names.map((name) => redis.pttl(name)))))).toBeGreaterThan(0);
});

test('A61 an own limit is kept for good, what is left of a removed one for a day, a one-time token a while longer than it opens anything', async () => {
  const { store, commands, userId, redis, keys, signIn } = scene;
  await store.setLimit(commands.setLimit(userId, 1));
  expect(await redis.pttl(keys.ownLimit(userKey(userId)))).toBe(-1);
  expect((await redis.getBuffer(keys.ownLimit(userKey(userId))))?.subarray(32).toString()).toBe('1');
  await signIn();
  const oneTime = newOneTime(userId, { expiresAt: start + 5 * minute });
  const at = start + minute;
  await store.create(commands.create(newRecord({ userId, at }), { onReached: onReached(oneTime, at) }));
  await expectLife(keys.oneTime(oneTime.id), 4 * minute + retention.expiredOneTimeMilliseconds);
  await redis.pexpire(keys.oneTime(oneTime.id), minute);
  await store.consumeOneTime(commands.consumeOneTime(oneTime));
  await expectLife(keys.oneTime(oneTime.id), minute);
  const given = newOneTime(userId, { expiresAt: start + 24 * 60 * minute });
  await store.putOneTime(commands.putOneTime(given));
  await expectLife(keys.oneTime(given.id), 24 * 60 * minute + retention.expiredOneTimeMilliseconds);
  await store.setLimit(commands.setLimit(userId, null));
  await expectLife(keys.ownLimit(userKey(userId)), retention.attemptsMilliseconds);
  await store.setLimit(commands.setLimit(userId, 2));
  expect(await redis.pttl(keys.ownLimit(userKey(userId)))).toBe(-1);
});

test("a one-time token that is nobody's is one key, whatever becomes of it", async () => {
  const { store, commands, userId, keys, keyNames } = scene;
  const oneTime = newOneTime(userId, { user: null });
  await store.putOneTime(commands.putOneTime(oneTime));
  expect(await keyNames()).toEqual([keys.oneTime(oneTime.id)]);
  for (const at of [start, start, oneTime.expiresAt]) {
    await store.consumeOneTime(commands.consumeOneTime(oneTime, { at }));
    expect(await keyNames()).toEqual([keys.oneTime(oneTime.id)]);
  }
});

test('a trim remembers itself for a day, and leaves an epoch its life', async () => {
  const { store, commands, userId, keys, signIn } = scene;
  for (let count = 0; count < 3; count++) await signIn();
  await store.trim(commands.trim(userId, start, limits({ user: 2 })));
  await expectLife(keys.epoch(userKey(userId)), retention.attemptsMilliseconds);
  await expectLife(keys.index(userKey(userId)), retention.tombstoneMilliseconds);
  await store.revokeAll(commands.revokeAll(userId, start - 1));
  await store.trim(commands.trim(userId, start, limits({ user: 1 })));
  await expectLife(keys.epoch(userKey(userId)), retention.epochMilliseconds);
});

test('keys live as long as they are needed, by how far the command is from the end and not by the clock', async () => {
  const { store, commands, userId, keys, signIn } = scene;
  const user = userKey(userId);
  const record = await signIn({ refresh: 60 * minute });
  await expectLife(keys.session(record.id), 60 * minute + retention.expiredMilliseconds);
  await expectLife(keys.index(user), 60 * minute + retention.expiredMilliseconds);
  await expectLife(keys.audit(user), retention.auditMilliseconds);
  await store.touch(commands.touch(record, { at: start + 10 * minute }));
  await expectLife(keys.session(record.id), 50 * minute + retention.expiredMilliseconds);
  await store.rotate(commands.rotate(record, { at: start + 20 * minute }));
  await expectLife(keys.session(record.id), 60 * minute + retention.expiredMilliseconds);
  await store.revokeAll(commands.revokeAll(userId, start + 30 * minute));
  await expectLife(keys.session(record.id), retention.tombstoneMilliseconds);
  await expectLife(keys.index(user), retention.tombstoneMilliseconds);
  await expectLife(keys.epoch(user), retention.epochMilliseconds);
});

test('a short session does not shorten the life of the index', async () => {
  const { keys, userId, signIn } = scene;
  await signIn({ refresh: 40 * day });
  await signIn({ access: minute, refresh: minute });
  await expectLife(keys.index(userKey(userId)), 40 * day + retention.expiredMilliseconds);
});

test('a revoke-all without an epoch remembers itself for a day only', async () => {
  const { store, commands, userId, keys } = scene;
  await store.revokeAll(commands.revokeAll(userId, start, { epoch: null, untrustedOnly: true }));
  await expectLife(keys.epoch(userKey(userId)), retention.attemptsMilliseconds);
  await store.revokeAll(commands.revokeAll(userId, start));
  await store.revokeAll(commands.revokeAll(userId, start, { epoch: null, untrustedOnly: true }));
  await expectLife(keys.epoch(userKey(userId)), retention.epochMilliseconds);
});

test('A22 a sign-in drops from the index what expired more than a day ago, and tombstones of more than 30 days', async () => {
  const { store, commands, userId, redis, keys, signIn } = scene;
  const index = keys.index(userKey(userId));
  const expired = await signIn({ access: second, refresh: minute });
  await store.revoke(commands.revoke(await signIn()));
  const lastMoment = effectiveExpiresAt(expired) + retention.expiredMilliseconds - 1;
  await signIn({ at: lastMoment, refresh: 90 * day });
  expect(await redis.zcard(index)).toBe(3);
  await signIn({ at: lastMoment + 1, refresh: 90 * day });
  expect(await redis.zcount(index, 0, lastMoment)).toBe(0);
  expect(await redis.zcard(index)).toBe(3);
  await signIn({ at: start + 31 * day, refresh: 90 * day });
  expect(await redis.zcount(index, '-inf', -1)).toBe(0);
});

test('history entries of more than a year are dropped with the next one', async () => {
  const { store, commands, userId, signIn } = scene;
  const record = await signIn({ refresh: 400 * day, absolute: 400 * day });
  await store.amend(commands.amend(record, { at: start + 10 * day }));
  const later = commands.amend({ ...record, version: 1 }, { at: start + 366 * day });
  await store.amend(later);
  const { entries } = await store.history({ user: userKey(userId), at: start + 366 * day, after: null, limit: 10 });
  expect(entries.map(({ at }) => at)).toEqual([start + 366 * day, start + 10 * day]);
});

test('a page is found among many sessions of other applications', async () => {
  const { store, commands, userId, signIn } = scene;
  const create = (_: unknown, index: number) =>
    store.create(commands.create(newRecord({ userId, refresh: 60 * minute + index })));
  await Promise.all(Array.from({ length: 450 }, create));
  const wanted = await signIn({ applicationId: 'ios', refresh: 90 * minute });
  const query = { user: userKey(userId), at: start, kind: 'active', after: null, limit: 1 } as const;
  expect(await store.list({ ...query, applicationId: 'ios' })).toEqual({ records: [wanted], next: null });
});

test('more sessions than a script can take at once end together', async () => {
  const { store, commands, userId, redis, keys, keyNames } = scene;
  const create = () => store.create(commands.create(newRecord({ userId })));
  await Promise.all(Array.from({ length: 450 }, create));
  expect((await store.revokeAll(commands.revokeAll(userId, start + second))).count).toBe(450);
  expect(await redis.zcard(keys.index(userKey(userId)))).toBe(retention.tombstones);
  expect((await keyNames()).filter((name) => name.includes(':s:'))).toHaveLength(retention.tombstones);
});
