import { type SessionId, userKey, userTag } from '../../../lib/domain/session-id';
import { effectiveExpiresAt } from '../../../lib/domain/deadlines';
import { newKeys, replaced } from '../../../lib/store/conformance/commands';
import { evict, limits, newOneTime, onReached } from '../../../lib/store/conformance/limits';
import { newRecord, second, start } from '../../../lib/store/conformance/records';
import { relaying, takeLetters } from '../../../lib/store/conformance/relayed';
import { SessionManager } from '../../../lib/session-manager';
import { rejectionOf } from '../../fixtures/refusal-of';
import { signedIn } from '../../fixtures/session-bench';
import { type RedisServer, startRedis } from '../../harness/redis-server';
import { waitUntil } from '../../harness/wait-until';
import { admin, begun, confirmed, finished } from '../../use-cases/fleet/fleet-bench';
import { activeQuery, historyQuery, openRedisScene, type RedisScene } from './scene';

let server: RedisServer;
let scene: RedisScene;

beforeAll(async () => {
  server = await startRedis({ args: ['--maxmemory-policy', 'noeviction'] });
});

afterAll(() => server.stop());

beforeEach(async () => {
  scene = await openRedisScene(server.url);
});

afterEach(async () => {
  await server.cli('CONFIG', 'SET', 'maxmemory', '0');
  await scene.close();
});

const fillMemory = () => server.cli('CONFIG', 'SET', 'maxmemory', '1');

test('B10 B17 a sign-in is refused, and leaves nothing', async () => {
  const { store, commands, userId, dump, signIn } = scene;
  const old = await signIn();
  const before = await dump();
  await fillMemory();
  const create = commands.create(newRecord({ userId }), { replaces: [replaced(old)] });
  const { code, cause } = await rejectionOf(store.create(create));
  expect(code).toBe('store_unavailable');
  expect(String(cause)).toContain('OOM');
  expect(await dump()).toEqual(before);
});

test('B10 B17 a sign-in that would make room is refused and ends nobody, and so is one that would leave a token', async () => {
  const { store, commands, userId, dump, signIn } = scene;
  await signIn();
  const before = await dump();
  await fillMemory();
  const one = limits({ user: 1 });
  for (const given of [{ evict: evict('oldest') }, { onReached: onReached(newOneTime(userId), start) }]) {
    const create = commands.create(newRecord({ userId }), { limits: one, ...given });
    expect((await rejectionOf(store.create(create))).code).toBe('store_unavailable');
  }
  expect((await rejectionOf(store.setLimit(commands.setLimit(userId, 3)))).code).toBe('store_unavailable');
  expect(await dump()).toEqual(before);
});

test('B10 B17 a sign-in that is resumed is refused, and its token stays; where it does not help, its target has ended', async () => {
  const { store, commands, userId, dump, signIn } = scene;
  const [first, second] = [await signIn(), await signIn()];
  const oneTime = newOneTime(userId);
  const reached = { limits: limits({ user: 2 }), onReached: onReached(oneTime, start) };
  await store.create(commands.create(newRecord({ userId }), reached));
  const before = await dump();
  await fillMemory();
  const resume = (max: number, ends: SessionId) => {
    const given = { limits: limits({ user: max }), consumes: { oneTime: oneTime.id, ends } };
    return store.create(commands.create(newRecord({ userId }), given));
  };
  expect((await rejectionOf(resume(2, first.id))).code).toBe('store_unavailable');
  expect(await dump()).toEqual(before);
  expect(await resume(1, first.id)).toMatchObject({ status: 'limit-reached', ended: [{ id: first.id }] });
  expect((await store.find(first.id))?.ending?.reason).toBe('evicted');
  expect((await store.find(second.id))?.ending).toBeNull();
});

test('B10 B17 a one-time token is not issued and none is spent, so that it can be shown again', async () => {
  const { store, commands, userId, dump } = scene;
  const oneTime = newOneTime(userId);
  await store.putOneTime(commands.putOneTime(oneTime));
  const before = await dump();
  await fillMemory();
  const consuming = commands.consumeOneTime(oneTime);
  expect((await rejectionOf(store.putOneTime(commands.putOneTime(newOneTime(userId))))).code).toBe(
    'store_unavailable',
  );
  expect((await rejectionOf(store.consumeOneTime(consuming))).code).toBe('store_unavailable');
  expect(await dump()).toEqual(before);
  await server.cli('CONFIG', 'SET', 'maxmemory', '0');
  expect((await store.consumeOneTime(consuming)).status).toBe('consumed');
});

test('B10 A64 a spent one-time token is refused; what could not be written to the history is told, and is written as soon as there is room, and relayed once', async () => {
  const { store, userId, incidents } = scene;
  const commands = relaying(scene.commands);
  const oneTime = newOneTime(userId, { uses: 0 });
  await store.putOneTime(commands.putOneTime(oneTime));
  await fillMemory();
  const refused = [commands.consumeOneTime(oneTime), commands.consumeOneTime(oneTime)];
  for (const command of refused) expect((await store.consumeOneTime(command)).status).toBe('spent');
  expect(incidents).toEqual([{ kind: 'audit-delayed' }, { kind: 'audit-delayed' }]);
  expect((await store.history(historyQuery(userId))).entries).toHaveLength(1);
  await server.cli('CONFIG', 'SET', 'maxmemory', '0');
  const entriesOf = async () => (await store.history(historyQuery(userId))).entries;
  await waitUntil('what is late is written', async () => (await entriesOf()).length === 3, 15_000);
  expect((await entriesOf()).slice(0, 2)).toEqual(refused.map(({ audit }) => audit.spent).reverse());
  const letters = await takeLetters(store, userKey(userId), start);
  expect(letters.slice(1).map(({ entry }) => entry)).toEqual(refused.map(({ audit }) => audit.spent));
  expect(incidents).toHaveLength(2);
});

test('B10 what is still late when the store is closed is told as lost', async () => {
  const { store, commands, userId, incidents } = scene;
  const oneTime = newOneTime(userId, { uses: 0 });
  await store.putOneTime(commands.putOneTime(oneTime));
  await fillMemory();
  await store.consumeOneTime(commands.consumeOneTime(oneTime));
  await store.close();
  expect(incidents).toEqual([{ kind: 'audit-delayed' }, { kind: 'audit-lost' }]);
});

test('B10 A64 endings are relayed as well, and an outbox can be emptied', async () => {
  const { store, userId, signIn } = scene;
  const commands = relaying(scene.commands);
  const record = await signIn();
  await fillMemory();
  await store.revoke(commands.revoke(record));
  const tag = userTag(userKey(userId));
  const claim = { tag, worker: 'one', at: start, until: start + second, limit: 10 };
  const claimed = await store.outbox.claim(claim);
  if (claimed.status !== 'claimed') throw new Error(claimed.status);
  const [letter] = claimed.letters;
  expect(letter?.entry.event).toBe('session_revoked');
  const later = [{ letter: { ...letter!, attempts: 1 }, sink: 'log', dueAt: start }];
  const settled = { tag, worker: 'one', at: start, settled: [letter!.id], later, dead: [], release: false };
  expect(await store.outbox.settle(settled)).toEqual({ status: 'settled', remaining: 1 });
  const again = await store.outbox.claim(claim);
  expect(again).toMatchObject({ status: 'claimed', letters: [{ sink: 'log', entry: letter!.entry }] });
});

test('B10 A78 a user is erased, and one who was not known as well', async () => {
  const { store, commands, userId, keyNames, keys, signIn } = scene;
  for (let count = 0; count < 3; count++) await signIn();
  await store.setLimit(commands.setLimit(userId, 3));
  const call = { id: 'AAAAAAAAAAA', at: start, actor: 'desk', operation: 'showUserLimit', status: 200, code: null };
  await store.logAccess(commands.logAccess({ ...call, userId, sessionId: null, ip: null }));
  await fillMemory();
  expect(await store.erase(commands.erase(userId, start + second))).toMatchObject({ count: 3 });
  expect(await store.erase(commands.erase('unknown', start + second))).toMatchObject({ count: 0 });
  const { entries } = await store.accessLog({ at: start, after: null, limit: 5, actor: null });
  expect(entries).toMatchObject([{ id: call.id, userId: null }]);
  const left = [keys.accessLog(), keys.epoch(userKey(userId)), keys.epoch(userKey('unknown'))];
  expect((await keyNames()).sort()).toEqual(left.sort());
});

test('B10 a limit of their own can be taken away', async () => {
  const { store, commands, userId } = scene;
  await store.setLimit(commands.setLimit(userId, 3));
  await fillMemory();
  await store.setLimit(commands.setLimit(userId, null));
  expect(await store.findLimit(userKey(userId))).toBeNull();
});

test('B10 sessions beyond a limit can be ended, with tombstones and history', async () => {
  const { store, commands, userId, signIn } = scene;
  for (let count = 0; count < 30; count++) await signIn();
  await fillMemory();
  const command = commands.trim(userId, start + second, limits({ user: 1 }));
  const outcome = await store.trim(command);
  expect(outcome).toEqual({ status: 'trimmed', count: 29, durable: true });
  expect((await store.list(activeQuery(userId, start))).records).toHaveLength(1);
  const { entries } = await store.history(historyQuery(userId));
  expect(entries.filter(({ event }) => event === 'session_evicted').map(({ count }) => count)).toEqual([
    ...Array.from({ length: 20 }, () => null),
    9,
  ]);
  expect(await store.trim(command)).toEqual(outcome);
});

test('B10 B17 an amendment that could grow the record is refused, and leaves nothing', async () => {
  const { store, commands, dump, signIn } = scene;
  const record = await signIn();
  const before = await dump();
  await fillMemory();
  expect((await rejectionOf(store.amend(commands.amend(record)))).code).toBe('store_unavailable');
  expect(await dump()).toEqual(before);
});

test('B10 sessions can be ended, with tombstone and history', async () => {
  const { store, commands, userId, signIn } = scene;
  const record = await signIn();
  await fillMemory();
  const command = commands.revoke(record);
  expect(await store.revoke(command)).toMatchObject({ status: 'ended', changed: true });
  expect((await store.find(record.id))?.ending?.reason).toBe('signed_out');
  expect((await store.history(historyQuery(userId))).entries[0]).toEqual(command.audit);
});

test('B10 all sessions can be ended, one kept with new keys, and the epoch rises', async () => {
  const { store, commands, userId, signIn } = scene;
  const own = await signIn();
  await signIn();
  await fillMemory();
  const at = start + second;
  const command = commands.revokeAll(userId, at, { except: own.id, rekey: newKeys(own) });
  const { count, kept } = await store.revokeAll(command);
  expect([count, kept?.credentials.generation, kept?.startedAt]).toEqual([1, 0, at + 1]);
  expect((await store.list(activeQuery(userId, at))).records).toEqual([kept]);
  await server.cli('CONFIG', 'SET', 'maxmemory', '0');
  const stale = await store.create(commands.create(newRecord({ userId, at: at + 1, startedAt: at })));
  expect(stale.status).toBe('stale-sign-in');
});

test('B10 a sign-in can be disowned: what began since ends, all others must confirm, and the epoch rises', async () => {
  const { store, commands, userId, signIn } = scene;
  const own = await signIn();
  const since = start + second;
  for (let count = 0; count < 30; count++) await signIn({ at: since });
  const oneTime = newOneTime(userId);
  await store.putOneTime(commands.putOneTime(oneTime));
  await fillMemory();
  const command = commands.disown(oneTime, userId, since);
  const outcome = await store.disown(command);
  expect(outcome).toEqual({ status: 'disowned', count: 30, stepUps: 1, durable: true });
  const left = { ...own, stepUp: true, version: 1, startedAt: command.at + 1 };
  expect((await store.list(activeQuery(userId, command.at))).records).toEqual([left]);
  expect((await store.history(historyQuery(userId))).entries[0]).toEqual({ ...command.audit.disowned, count: 30 });
  expect(await store.disown(command)).toEqual(outcome);
  expect((await store.disown(commands.disown(oneTime, userId, since))).status).toBe('spent');
  await server.cli('CONFIG', 'SET', 'maxmemory', '0');
  const stale = newRecord({ userId, at: command.at + 1, startedAt: command.at });
  expect((await store.create(commands.create(stale))).status).toBe('stale-sign-in');
});

test('B10 the epoch rises even where there is no session', async () => {
  const { store, commands, userId } = scene;
  await fillMemory();
  expect((await store.revokeAll(commands.revokeAll(userId, start))).count).toBe(0);
  await server.cli('CONFIG', 'SET', 'maxmemory', '0');
  expect((await store.create(commands.create(newRecord({ userId })))).status).toBe('stale-sign-in');
});

test('B10 who is signed in stays so: renewals, repeats, touches, new keys and retired tokens', async () => {
  const { store, commands, userId, signIn } = scene;
  const record = await signIn();
  await fillMemory();
  const rotated = await store.rotate(commands.rotate(record));
  expect(rotated.status).toBe('rotated');
  expect((await store.touch(commands.touch(record, { confirm: 1 }))).status).toBe('touched');
  const fresh = (await store.find(record.id))!;
  expect((await store.repeat(commands.repeat(fresh))).status).toBe('repeated');
  expect((await store.retire(commands.retire(fresh, 'access'))).status).toBe('retired');
  const rekeyed = await store.rekey(commands.rekey(fresh));
  expect(rekeyed.status).toBe('rekeyed');
  const left = (await store.find(record.id))!;
  expect((await store.list(activeQuery(userId, left.lastSeenAt))).records).toEqual([left]);
  const score = await scene.redis.zrange(scene.keys.index(activeQuery(userId, 0).user), 0, 0, 'WITHSCORES');
  expect(Number(score[1])).toBe(effectiveExpiresAt(left));
});

test('A35 B10 everybody’s sessions can be ended by a confirmation from before; it is spent once there is room', async () => {
  const sessions = new SessionManager({ store: scene.store });
  for (let count = 0; count < 3; count++) await signedIn(sessions);
  const confirmation = await confirmed(sessions);
  await fillMemory();
  expect((await rejectionOf(begun(sessions, confirmation))).code).toBe('store_unavailable');
  const ending = await finished(sessions);
  expect(ending).toMatchObject({ endedSessions: 3, endedUsers: 3 });
  await server.cli('CONFIG', 'SET', 'maxmemory', '0');
  expect((await begun(sessions, confirmation)).id).toBe(ending.id);
  const another = await confirmed(sessions);
  await begun(sessions, another);
  await finished(sessions);
  const spent = { status: 'invalid', reason: 'spent' };
  expect(await sessions.fleet.endAll(confirmation, { actor: admin })).toMatchObject(spent);
});

test('A35 B10 the floor rises, once and again', async () => {
  const { store, commands, userId } = scene;
  const notAfter = commands.revokeAll(userId, start).notAfter;
  await fillMemory();
  for (const floor of [start - second, start]) {
    expect(await store.raiseFloor({ notAfter, floor, reason: 'fleet_ended' })).toEqual({ durable: true });
  }
  await server.cli('CONFIG', 'SET', 'maxmemory', '0');
  expect((await store.create(commands.create(newRecord({ userId })))).status).toBe('stale-sign-in');
});

test('B10 an ending stands where its history entry cannot be written, and that is told', async () => {
  const { store, redis, keys, commands, userId, incidents, signIn } = scene;
  const [one, other] = [await signIn(), await signIn()];
  const audit = keys.audit(activeQuery(userId, 0).user);
  await redis.del(audit);
  await redis.lpush(audit, 'not a history');
  expect(await store.revoke(commands.revoke(one))).toMatchObject({ status: 'ended', changed: true });
  expect((await store.find(one.id))?.ending?.reason).toBe('signed_out');
  expect((await store.revokeAll(commands.revokeAll(userId, start + second))).count).toBe(1);
  expect((await store.find(other.id))?.ending?.reason).toBe('password_changed');
  expect(incidents).toEqual([{ kind: 'audit-delayed' }, { kind: 'audit-delayed' }]);
  await redis.del(audit);
  const written = async () => (await store.history(historyQuery(userId))).entries.map(({ event }) => event);
  await waitUntil('both are written', async () => (await written()).length === 2, 15_000);
  expect(await written()).toEqual(['sessions_revoked', 'session_revoked']);
});
