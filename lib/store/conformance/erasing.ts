import assert from 'node:assert/strict';
import { userKey } from '../../domain/session-id';
import type { SessionRecord } from '../../domain/session-record';
import { assertStatus, assertUnavailable } from './assertions';
import { budget, newCounter, rule } from './counters';
import { limits, newOneTime, onReached } from './limits';
import { minute, neighbourOf, newRecord, second, start } from './records';
import type { Scene, Test } from './scene';
import { historyOf, snapshot } from './snapshot';

const at = start + minute;
const nothing = { active: [], expired: [], ended: [], history: [], ownLimit: null };

/** Forgetting a user: all of it, and once. */
export function erasing(test: Test): void {
  test('A78 nothing is shown of a user who was erased: no session, tombstone, entry, limit, token or counter', async (scene) => {
    const { store, other, commands, userId } = scene;
    const { records, oneTimes, counter } = await alive(scene);
    const erase = commands.erase(userId, at, { counters: [counter] });
    assert.deepEqual(await store.erase(erase), { status: 'erased', count: 2, durable: true });
    const found = records.map(() => undefined);
    const ids = records.map(({ id }) => id);
    assert.deepEqual(await snapshot(other, userId, at, ids), { found, ...nothing });
    assert.deepEqual(await other.listOneTimes(userKey(userId)), []);
    for (const { id } of oneTimes) assert.equal(await other.findOneTime(id), undefined);
    assert.deepEqual(await other.findCounters([counter]), [{ count: 0, heldUntil: 0 }]);
  });

  test('A78 others keep all of theirs, also those whose keys lie beside', async (scene) => {
    const { store, commands, userId } = scene;
    const neighbour = neighbourOf(userId);
    const { records } = await alive(scene, neighbour);
    await store.logAccess(commands.logAccess(call('neighbours', neighbour, records[0]!.id)));
    const ids = records.map(({ id }) => id);
    const before = await snapshot(store, neighbour, at, ids);
    const tokens = await store.listOneTimes(userKey(neighbour));
    await store.erase(commands.erase(userId, at));
    assert.deepEqual(await snapshot(store, neighbour, at, ids), before);
    assert.deepEqual(await store.listOneTimes(userKey(neighbour)), tokens);
    const { entries } = await store.accessLog({ at, after: null, limit: 1, actor: null });
    assert.deepEqual(entries, [call('neighbours', neighbour, records[0]!.id)]);
  });

  test('A78 the log of the API keeps the calls, in their order, and whom they were about no more', async (scene) => {
    const { store, other, commands, userId } = scene;
    const { id } = await scene.signIn();
    const calls = [
      call('first', userId, id),
      call('second', 'somebody else', null),
      call('third', null, id),
      { ...call('fourth', userId, null), actor: null },
      call('fifth', userId, null),
    ];
    for (const entry of calls) await store.logAccess(commands.logAccess(entry));
    await store.erase(commands.erase(userId, at));
    const { entries } = await other.accessLog({ at, after: null, limit: 5, actor: null });
    assert.deepEqual(
      [...entries].reverse(),
      calls.map((entry) => ({
        ...entry,
        userId: entry.userId === 'somebody else' ? entry.userId : null,
        sessionId: null,
      })),
    );
    const later = call('later', userId, null);
    await store.logAccess(commands.logAccess(later));
    assert.deepEqual((await other.accessLog({ at, after: null, limit: 1, actor: null })).entries, [later]);
  });

  test('whoever is not known is erased as well, and twice', async ({ store, other, commands, userId }) => {
    const none = { status: 'erased', count: 0, durable: true };
    assert.deepEqual(await store.erase(commands.erase(userId, at)), none);
    assert.deepEqual(await other.erase(commands.erase(userId, at)), none);
    assert.deepEqual(await snapshot(store, userId, at), { found: [], ...nothing });
  });

  test('an account of the lockout, which is no user, loses its history', async ({ store, commands, userId }) => {
    const counter = newCounter(userId);
    const counting = [budget({ ...rule(counter, [minute]), locksFrom: 1 })];
    await store.count(commands.count(userId, counting));
    await store.setLimit(commands.setLimit(userId, 3));
    await store.erase(commands.erase(userId, at, { userId: null, counters: [counter] }));
    assert.deepEqual(await historyOf(store, userId), []);
    assert.deepEqual(await store.findCounters([counter]), [{ count: 0, heldUntil: 0 }]);
  });

  test('sent again it says what it did first, and what came since stays', async (scene) => {
    const { store, other, commands, userId } = scene;
    await alive(scene);
    const erase = commands.erase(userId, at);
    const first = await store.erase(erase);
    const { id } = await scene.signIn({ at: at + second });
    const after = await snapshot(store, userId, at + second, [id]);
    assert.deepEqual(await other.erase(erase), first);
    assert.deepEqual(await snapshot(store, userId, at + second, [id]), after);
  });

  test('A79 an erasure that comes after its caller gave up changes nothing', async (scene) => {
    const { store, other, tooLate, userId } = scene;
    const { records } = await alive(scene);
    const ids = records.map(({ id }) => id);
    const before = await snapshot(store, userId, at, ids);
    await assertUnavailable(other.erase(tooLate.erase(userId, at)));
    assert.deepEqual(await snapshot(store, userId, at, ids), before);
  });

  test('whoever comes back begins anew', async (scene) => {
    const { store, commands, userId, signIn, active } = scene;
    await alive(scene);
    await store.erase(commands.erase(userId, at));
    const later = at + second;
    const record = await signIn({ at: later });
    assert.deepEqual(await active(later), [record.id]);
    assert.deepEqual(
      (await historyOf(store, userId)).map(({ event }) => event),
      ['session_created'],
    );
    await store.setLimit(commands.setLimit(userId, 7, { at: later }));
    assert.equal(await store.findLimit(userKey(userId)), 7);
    await store.putOneTime(commands.putOneTime(newOneTime(userId), { at: later }));
    assert.equal((await store.listOneTimes(userKey(userId))).length, 1);
    assertStatus(await store.revoke(commands.revoke(record, { at: later + 1 })), 'ended');
  });

  test('A78 the one-time tokens of a user are found, those that expire first first, until they are spent for good', async (scene) => {
    const { store, other, commands, userId } = scene;
    const tokens = [5, 2, 9].map((minutes) => newOneTime(userId, { uses: 2, expiresAt: start + minutes * minute }));
    for (const oneTime of tokens) await store.putOneTime(commands.putOneTime(oneTime));
    await store.putOneTime(commands.putOneTime(newOneTime(userId, { user: null })));
    await store.putOneTime(commands.putOneTime(newOneTime(neighbourOf(userId))));
    const [second, first, third] = tokens;
    assert.deepEqual(await other.listOneTimes(userKey(userId)), [first, second, third]);
    await store.consumeOneTime(commands.consumeOneTime(second!));
    assert.deepEqual(await other.listOneTimes(userKey(userId)), [first, { ...second, uses: 1 }, third]);
  });

  test('A78 so is a sign-in that a limit stopped, until it is resumed', async (scene) => {
    const { store, commands, userId } = scene;
    const record = await scene.signIn();
    const oneTime = newOneTime(userId);
    const stopped = { limits: limits({ user: 1 }), onReached: onReached(oneTime, start + second) };
    const next = newRecord({ userId, at: start + second });
    assertStatus(await store.create(commands.create(next, stopped)), 'limit-reached');
    assert.deepEqual(await store.listOneTimes(userKey(userId)), [oneTime]);
    const consumes = { oneTime: oneTime.id, ends: record.id };
    assertStatus(await store.create(commands.create(next, { ...stopped, onReached: null, consumes })), 'created');
    assert.deepEqual(await store.listOneTimes(userKey(userId)), []);
  });
}

/** A user of whom everything is kept that there is. Two of the sessions are live. */
async function alive({ store, commands, signIn, userId: own }: Scene, userId = own) {
  const rotated = await store.rotate(commands.rotate(await signIn({ userId })));
  assertStatus(rotated, 'rotated');
  const records: SessionRecord[] = [rotated.record, await signIn({ userId, applicationId: 'ios' })];
  records.push(await signIn({ userId, access: second, refresh: second }));
  const ended = await signIn({ userId });
  await store.revoke(commands.revoke(ended));
  records.push(ended);
  const oneTimes = [newOneTime(userId), newOneTime(userId, { uses: 0 }), newOneTime(userId)];
  for (const oneTime of oneTimes.slice(0, 2)) await store.putOneTime(commands.putOneTime(oneTime));
  const stopped = { limits: limits({ user: 1 }), onReached: onReached(oneTimes[2]!, start) };
  await store.create(commands.create(newRecord({ userId }), stopped));
  await store.setLimit(commands.setLimit(userId, 5));
  const counter = newCounter(userId);
  await store.count(commands.count(userId, [budget(rule(counter, [minute]))]));
  return { records, oneTimes, counter };
}

function call(id: string, userId: string | null, sessionId: string | null) {
  const entry = { id, at: start, actor: 'desk', operation: 'listUserSessions', status: 200, code: null };
  return { ...entry, userId, sessionId, ip: null };
}
