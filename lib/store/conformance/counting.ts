import assert from 'node:assert/strict';
import { sessionTag, userKey, userKeyLength } from '../../domain/session-id';
import { type CounterId, slottedParts } from '../../domain/slotted-id';
import { assertUnavailable } from './assertions';
import { budget, countOf, holdOf, locking, newCounter, rule, tally } from './counters';
import { inParallel } from './in-parallel';
import { day, minute, second, start } from './records';
import type { Test } from './scene';
import { historyOf, snapshot } from './snapshot';

export function counting(test: Test): void {
  test('counters that never counted stand at 0', async ({ store, userId }) => {
    const ids = [newCounter(userId), newCounter(userId)];
    const zero = { count: 0, heldUntil: 0 };
    assert.deepEqual(await store.findCounters(ids), [zero, zero]);
    assert.deepEqual(await store.findCounters([]), []);
  });

  test('A68 each count holds by the schedule, and the last hold stands for all beyond', async (scene) => {
    const { store, other, commands, userId } = scene;
    const leader = newCounter(userId);
    const follower = newCounter(userId);
    const schedule = budget(rule(leader, [0, second, 5 * second]), { followers: [rule(follower, [])] });
    for (const [index, hold] of [0, second, 5 * second, 5 * second, 5 * second].entries()) {
      const at = start + index * minute;
      const counters = [
        { count: index + 1, heldUntil: hold === 0 ? 0 : at + hold },
        { count: index + 1, heldUntil: 0 },
      ];
      const outcome = await store.count(commands.count(userId, [schedule], { at }));
      assert.deepEqual(outcome, { status: 'counted', budget: 0, counters });
      assert.deepEqual(await other.findCounters([leader, follower]), counters);
    }
  });

  test('a counter that is held counts nothing, to the millisecond', async (scene) => {
    const { store, other, commands, userId } = scene;
    const id = newCounter(userId);
    const budgets = [budget(rule(id, [second]))];
    await store.count(commands.count(userId, budgets));
    const held = { count: 1, heldUntil: start + second };
    for (const at of [start, start + second - 1]) {
      const outcome = await other.count(commands.count(userId, budgets, { at }));
      assert.deepEqual(outcome, { status: 'held', budget: 0, counters: [held] });
      assert.deepEqual(await store.findCounters([id]), [held]);
    }
    const next = await store.count(commands.count(userId, budgets, { at: start + second }));
    assert.deepEqual(tally(next), ['counted', 2]);
  });

  test('one that is held keeps all of its budget from counting', async ({ store, commands, userId }) => {
    const [leader, free, held] = [newCounter(userId), newCounter(userId), newCounter(userId)];
    const followers = [rule(free, []), rule(held, [0, second])];
    const budgets = [budget(rule(leader, []), { followers })];
    for (const expected of [1, 2, 2, 2]) {
      const outcome = await store.count(commands.count(userId, budgets));
      assert.deepEqual(
        outcome.counters.map(({ count }) => count),
        [expected, expected, expected],
      );
    }
  });

  test('what is held for good stays so until it is reset', async ({ store, other, commands, userId }) => {
    const id = newCounter(userId);
    const budgets = [budget(rule(id, [0, Infinity], minute))];
    await store.count(commands.count(userId, budgets));
    const blocked = await store.count(commands.count(userId, budgets));
    assert.deepEqual(blocked.counters, [{ count: 2, heldUntil: Infinity }]);
    const at = start + 9_000 * day;
    assert.deepEqual(await other.count(commands.count(userId, budgets, { at })), { ...blocked, status: 'held' });
    await other.reset(commands.reset(userId, [id], { at }));
    assert.deepEqual(tally(await store.count(commands.count(userId, budgets, { at }))), ['counted', 1]);
  });

  test('A69 followers begin anew after their leader was reset, held or not', async (scene) => {
    const { store, other, commands, userId } = scene;
    const [leader, follower] = [newCounter(userId), newCounter(userId)];
    const budgets = [budget(rule(leader, []), { followers: [rule(follower, [0, day])] })];
    const count = () => store.count(commands.count(userId, budgets));
    assert.deepEqual(tally(await count()), ['counted', 1, 1]);
    assert.deepEqual(tally(await count()), ['counted', 2, 2]);
    assert.deepEqual(tally(await count()), ['held', 2, 2]);
    await other.reset(commands.reset(userId, [leader]));
    assert.deepEqual(tally(await count()), ['counted', 1, 1]);
    assert.equal(await holdOf(other, follower), 0);
  });

  test('after its window a counter begins anew, and the followers of a leader that does', async (scene) => {
    const { store, commands, userId } = scene;
    const [leader, follower] = [newCounter(userId), newCounter(userId)];
    const count = (at: number, leaderWindow: number | null, window: number | null) => {
      const followers = [rule(follower, [], window)];
      const budgets = [budget(rule(leader, [], leaderWindow), { followers })];
      return store.count(commands.count(userId, budgets, { at }));
    };
    await count(start, null, minute);
    assert.deepEqual(tally(await count(start + minute - 1, null, minute)), ['counted', 2, 2]);
    assert.deepEqual(tally(await count(start + minute, null, minute)), ['counted', 3, 1]);
    assert.deepEqual(tally(await count(start + 2 * minute - 1, null, minute)), ['counted', 4, 2]);
    assert.deepEqual(tally(await count(start + 2 * minute, minute, null)), ['counted', 1, 1]);
  });

  test('a window that has passed does not end a hold', async ({ store, commands, userId }) => {
    const id = newCounter(userId);
    const budgets = [budget(rule(id, [0, 10 * minute], minute))];
    const count = (at: number) => store.count(commands.count(userId, budgets, { at }));
    await count(start);
    await count(start + second);
    assert.deepEqual(tally(await count(start + 5 * minute)), ['held', 2]);
    assert.deepEqual(tally(await count(start + second + 10 * minute)), ['counted', 1]);
  });

  test('A68 of two hundred parallel counts as many are counted as the schedule lets through', async (scene) => {
    const { store, commands, userId } = scene;
    const id = newCounter(userId);
    const budgets = [budget(rule(id, [0, 0, second]))];
    const outcomes = await inParallel(scene, 200, (node) => node.count(commands.count(userId, budgets)));
    const counted = outcomes.filter(({ status }) => status === 'counted');
    assert.deepEqual(counted.map(({ counters }) => counters[0]?.count).sort(), [1, 2, 3]);
    assert.equal(await countOf(store, id), 3);
  });

  test('parallel counts that nothing holds are all counted', async (scene) => {
    const { store, commands, userId } = scene;
    const id = newCounter(userId);
    await inParallel(scene, 100, (node) => node.count(commands.count(userId, [budget(rule(id, []))])));
    assert.equal(await countOf(store, id), 100);
  });

  test('a count that is sent twice counts once, though others came between, and though it holds', async (scene) => {
    const { store, other, commands, userId } = scene;
    const [leader, follower] = [newCounter(userId), newCounter(userId)];
    const newCount = () => {
      const each = budget(rule(leader, [0, 0, 0, second]), { followers: [rule(follower, [])] });
      return commands.count(userId, [locking(each, 1, start)]);
    };
    const first = newCount();
    const outcome = await store.count(first);
    assert.deepEqual(await other.count(first), outcome);
    for (let count = 0; count < 3; count++) await store.count(newCount());
    assert.deepEqual(tally(await other.count(first)), ['counted', 4, 4]);
    assert.equal((await historyOf(store, userId)).length, 4);
  });

  test('A79 a count that comes after its caller gave up does nothing', async (scene) => {
    const { store, other, tooLate, userId } = scene;
    const id = newCounter(userId);
    const budgets = [locking(budget(rule(id, [day])), 1, start)];
    await assertUnavailable(other.count(tooLate.count(userId, budgets)));
    assert.deepEqual(await store.findCounters([id]), [{ count: 0, heldUntil: 0 }]);
    assert.deepEqual(await historyOf(store, userId), []);
  });

  test('A68 the history tells of each count from the given one on, and of none that was held', async (scene) => {
    const { store, other, commands, userId } = scene;
    const id = newCounter(userId);
    const entries = [];
    for (let index = 0; index < 6; index++) {
      const at = start + index * second;
      const each = locking(budget(rule(id, [0, 0, 0, minute])), 3, at);
      await store.count(commands.count(userId, [each], { at }));
      entries.unshift(each.audit![0]);
    }
    assert.deepEqual(await historyOf(other, userId), entries.slice(2, 4));
  });

  test('A68 the history tells of a follower that locks as of a leader, and of the leader alone where both do', async (scene) => {
    const { store, other, commands, userId } = scene;
    const [leader, free, follower] = [newCounter(userId), newCounter(userId), newCounter(userId)];
    const followers = [rule(free, []), { ...rule(follower, []), locksFrom: 2 }];
    const entries = [];
    for (let index = 0; index < 4; index++) {
      const at = start + index * second;
      const each = locking(budget(rule(leader, []), { followers }), 3, at);
      await store.count(commands.count(userId, [each], { at }));
      entries.unshift(each.audit!);
    }
    const [ofBoth, ofLeader, ofFollower] = entries;
    assert.deepEqual(await historyOf(other, userId), [ofBoth![0], ofLeader![0], ofFollower![2]]);
  });

  test('a lock of a budget without an audit leaves no history', async ({ store, other, commands, userId }) => {
    const locks = { ...rule(newCounter(userId), [day]), locksFrom: 1 };
    await store.count(commands.count(userId, [budget(locks)]));
    assert.deepEqual(await historyOf(other, userId), []);
  });

  test('A59 counters do not mix, however alike their names are', async ({ store, other, commands, userId }) => {
    const id = newCounter(userId);
    const { tag, name } = slottedParts(id);
    const alike = Array.from(name, (letter, at) => tag + name.slice(0, at) + swapped(letter) + name.slice(at + 1));
    const elsewhere = tag.replace(/^./, (digit) => (digit === 'f' ? '0' : 'f')) + name;
    await store.count(commands.count(userId, [budget(rule(id, [Infinity]))]));
    for (const each of [...alike, elsewhere] as CounterId[]) assert.equal(await countOf(other, each), 0);
    assert.equal(await countOf(other, id), 1);
  });

  test('A71 a lock touches no session, and what becomes of sessions no lock', async (scene) => {
    const { store, other, commands, userId } = scene;
    const record = await scene.signIn();
    const user = userKey(userId);
    assert.equal(user.length, userKeyLength);
    const ids = [sessionTag(record.id) + user, newCounter(userId)] as CounterId[];
    const before = await snapshot(store, userId, start, [record.id]);
    const budgets = ids.map((id) => budget(rule(id, [Infinity])));
    for (const each of budgets) await store.count(commands.count(userId, [each]));
    assert.deepEqual(await snapshot(store, userId, start, [record.id]), before);
    await other.revokeAll(commands.revokeAll(userId, start + second));
    const held = { count: 1, heldUntil: Infinity };
    assert.deepEqual(await store.findCounters(ids), [held, held]);
  });
}

/** Another letter that such a name may hold: the other case where there is one. */
function swapped(letter: string): string {
  const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
  return other === letter ? 'z' : other;
}
