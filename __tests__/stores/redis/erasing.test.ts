import type { AuditEntry } from '../../../lib/domain/audit-entry';
import { mintSessionId, userKey, userTag } from '../../../lib/domain/session-id';
import { SessionManager } from '../../../lib/session-manager';
import { auditEntry } from '../../../lib/store/conformance/endings';
import { minute, neighbourOf, second, start } from '../../../lib/store/conformance/records';
import { newOneTime } from '../../../lib/store/conformance/limits';
import { retention } from '../../../lib/store/retention';
import { RedisStore } from '../../../lib/stores/redis';
import { idOf, nameOf } from '../../../lib/stores/redis/keys';
import { encodeLetter } from '../../../lib/stores/redis/outbox/letter-codec';
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

/** A letter as the store writes them: one of a kind, since it is told by its bytes. */
function letter(userId: string): Buffer {
  const entry: AuditEntry = { ...auditEntry('session_created', start, null), relayed: true };
  return encodeLetter({ user: userKey(userId), entry, userId });
}

test('A78 a user is forgotten by a full feed, though looking through it takes longer than a deadline', async () => {
  const { userId, redis, keys, prefix } = scene;
  const [own, others] = [letter(userId), letter(neighbourOf(userId))];
  const batch = redis.pipeline();
  for (let count = 1; count <= 100_000; count++) {
    batch.xadd(keys.feed(), `${count}-0`, `entry-${count}`, count % 10_000 === 0 ? own : others);
  }
  await batch.exec();
  const store = new RedisStore({ url: testRedisUrl(), prefix, deadline: '1s' });
  try {
    const sessions = new SessionManager({ store });
    await sessions.privacy.erase(userId);
    expect(await redis.xlen(keys.feed())).toBe(99_990);
    await sessions.privacy.erase(userId);
    expect(await redis.xlen(keys.feed())).toBe(99_990);
  } finally {
    await store.close();
  }
});

test('A78 of ten thousand letters a neighbour keeps theirs, in their order and with their life, and Redis serves others soon', async () => {
  const { store, commands, userId, redis, keys } = scene;
  const neighbour = neighbourOf(userId);
  const { letters: news, dead } = keys.outbox(userTag(userKey(userId)));
  const [kept, batch]: [Buffer[], ReturnType<typeof redis.pipeline>] = [[], redis.pipeline()];
  for (let count = 0; count < retention.outboxEntries; count++) {
    const one = letter(count % 10 === 0 ? neighbour : userId);
    if (count % 10 === 0) kept.push(one);
    batch.rpush(news, one);
  }
  const died = (one: Buffer): Buffer =>
    Buffer.concat([Buffer.from([0, 0, 0, 0, 0, 1, 1]), Buffer.from('s\0\0'), one]);
  batch.rpush(dead, died(kept[0]!), died(letter(userId)), died(kept[1]!));
  batch.pexpire(news, 60 * minute).pexpire(dead, 60 * minute);
  await batch.exec();
  // Each looks through the whole list.
  const removals = async () => /cmdstat_lrem:calls=\d+/.exec(await redis.info('commandstats'))?.[0];
  const first = await removals();
  await store.erase(commands.erase(userId, start + minute));
  expect(await redis.lrangeBuffer(news, 0, -1)).toEqual(kept);
  expect(await redis.lrangeBuffer(dead, 0, -1)).toEqual([died(kept[0]!), died(kept[1]!)]);
  for (const name of [news, dead]) {
    expect(await redis.pttl(name)).toBeLessThanOrEqual(60 * minute);
    expect(await redis.pttl(name)).toBeGreaterThan(0);
  }
  expect(await removals()).toBe(first);
});

test('A78 a log is written anew only from the oldest call on that names the user', async () => {
  const { store, commands, userId, redis, keys } = scene;
  const entry = { actor: 'desk', operation: 'o', status: 200, code: null, sessionId: null, ip: null };
  for (let count = 0; count < 100; count++) {
    const call = {
      ...entry,
      id: `call-${count}`,
      at: start,
      userId: count === 80 || count === 90 ? userId : 'bob',
    };
    await store.logAccess(commands.logAccess(call));
  }
  const before = await redis.xrange(keys.accessLog(), '-', '+');
  const added = async () => {
    const told = (await redis.xinfo('STREAM', keys.accessLog())) as unknown[];
    return Number(told[told.indexOf('entries-added') + 1]);
  };
  await store.erase(commands.erase(userId, start + minute));
  expect(await added()).toBe(120);
  const after = await redis.xrange(keys.accessLog(), '-', '+');
  expect(after.map(([name]) => name)).toEqual(before.map(([name]) => name));
  expect(after.flat(2).join()).not.toContain(userId);
});

test('A64 an entry that comes late, and past its time, takes no newer one with it', async () => {
  const { store, commands, userId, redis, keys } = scene;
  await store.note(commands.note(userId, start));
  const before = await redis.getBuffer(keys.audit(userKey(userId)));
  const { audit, ...late } = commands.note(userId, start + second);
  await store.note({ ...late, audit: { ...audit, at: start - retention.auditMilliseconds } });
  expect(await redis.getBuffer(keys.audit(userKey(userId)))).toEqual(before);
});
