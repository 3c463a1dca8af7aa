import assert from 'node:assert/strict';
import type { SessionStore } from '../session-store';
import { assertUnavailable } from './assertions';
import { budget, countOf, locking, newCounter, rule, tally } from './counters';
import { inParallel } from './in-parallel';
import { day, minute, second, start } from './records';
import type { Test } from './scene';
import { historyOf } from './snapshot';

const probe = true;

/** Asking whether an event would be counted. */
export function probingCounters(test: Test): void {
  test('a probe tells how the counters stand, and a hundred in parallel change nothing', async (scene) => {
    const { store, commands, userId } = scene;
    const ids = [newCounter(userId), newCounter(userId)] as const;
    const followers = [rule(ids[1], [])];
    const newBudgets = () => [locking(budget(rule(ids[0], [0, 0, day]), { followers }), 1, start)];
    for (const count of [0, 1, 2]) {
      const counters = ids.map(() => ({ count, heldUntil: 0 }));
      const ask = (node: SessionStore) => node.count(commands.count(userId, newBudgets(), { probe }));
      for (const outcome of await inParallel(scene, 100, ask)) {
        assert.deepEqual(outcome, { status: 'counted', budget: 0, counters });
      }
      assert.deepEqual(await store.findCounters(ids), counters);
      assert.equal((await historyOf(store, userId)).length, count);
      await store.count(commands.count(userId, newBudgets()));
    }
  });

  test('A68 a probe says held where any counter of its budget is, to the millisecond', async (scene) => {
    const { store, other, commands, userId } = scene;
    const [leader, follower] = [newCounter(userId), newCounter(userId)];
    const budgets = [budget(rule(leader, [0, minute]), { followers: [rule(follower, [second])] })];
    const ask = (at: number) => other.count(commands.count(userId, budgets, { at, probe }));
    await store.count(commands.count(userId, budgets));
    const held = [
      { count: 1, heldUntil: 0 },
      { count: 1, heldUntil: start + second },
    ] as const;
    for (const at of [start, start + second - 1]) {
      assert.deepEqual(await ask(at), { status: 'held', budget: 0, counters: held });
    }
    assert.deepEqual(tally(await ask(start + second)), ['counted', 1, 1]);
    await store.count(commands.count(userId, budgets, { at: start + second }));
    assert.deepEqual(tally(await ask(start + second + minute - 1)), ['held', 2, 2]);
    assert.deepEqual(tally(await ask(start + second + minute)), ['counted', 2, 2]);
  });

  test('a probe sees what is held for good', async ({ store, other, commands, userId }) => {
    const budgets = [budget(rule(newCounter(userId), [Infinity], minute))];
    const held = await store.count(commands.count(userId, budgets));
    const asked = await other.count(commands.count(userId, budgets, { at: start + 9_000 * day, probe }));
    assert.deepEqual(asked, { ...held, status: 'held' });
  });

  test('to a probe, a counter whose window is over stands at 0, unless it is held', async (scene) => {
    const { store, other, commands, userId } = scene;
    const [leader, follower] = [newCounter(userId), newCounter(userId)];
    const followers = [rule(follower, [0, 10 * minute], minute)];
    const budgets = [budget(rule(leader, [], 20 * minute), { followers })];
    const ask = async (at: number) => tally(await other.count(commands.count(userId, budgets, { at, probe })));
    await store.count(commands.count(userId, budgets));
    assert.deepEqual(await ask(start + minute - 1), ['counted', 1, 1]);
    assert.deepEqual(await ask(start + minute), ['counted', 1, 0]);
    await store.count(commands.count(userId, budgets));
    assert.deepEqual(await ask(start + minute), ['held', 2, 2]);
    assert.deepEqual(await ask(start + 10 * minute), ['counted', 2, 0]);
    assert.deepEqual(await ask(start + 20 * minute), ['counted', 0, 0]);
    assert.equal(await countOf(store, leader), 2);
  });

  test('A69 to a probe, a follower stands at 0 after its leader was reset, held or not', async (scene) => {
    const { store, other, commands, userId } = scene;
    const [leader, follower] = [newCounter(userId), newCounter(userId)];
    const budgets = [budget(rule(leader, []), { followers: [rule(follower, [day])] })];
    const ask = () => other.count(commands.count(userId, budgets, { probe }));
    await store.count(commands.count(userId, budgets));
    assert.deepEqual(tally(await ask()), ['held', 1, 1]);
    await store.reset(commands.reset(userId, [leader]));
    assert.deepEqual((await ask()).counters, [zero, zero]);
    await store.count(commands.count(userId, [budget(rule(leader, []))]));
    assert.deepEqual((await ask()).counters, [{ count: 1, heldUntil: 0 }, zero]);
  });

  test('C-lockout-DoS a probe chooses the budget that a count would', async (scene) => {
    const { store, other, commands, userId } = scene;
    const [leader, device, strangers] = [newCounter(userId), newCounter(userId), newCounter(userId)];
    const known = budget(rule(leader, [Infinity]), { known: device, followers: [rule(device, [])] });
    const budgets = [known, budget(rule(strangers, [Infinity]))];
    for (const [index, zeros] of [
      [1, [0]],
      [0, [0, 0]],
    ] as const) {
      const asked = await other.count(commands.count(userId, budgets, { probe }));
      assert.equal(asked.budget, index);
      assert.deepEqual(tally(asked), ['counted', ...zeros]);
      assert.equal((await store.count(commands.count(userId, budgets))).budget, index);
      const held = await other.count(commands.count(userId, budgets, { probe }));
      assert.equal(held.budget, index);
      assert.equal(held.status, 'held');
      await store.reset(commands.reset(userId, [], { known: device }));
    }
  });

  test('a probe is not taken for a count that was made, nor a count for a probe', async (scene) => {
    const { store, other, commands, userId } = scene;
    const id = newCounter(userId);
    const count = commands.count(userId, [budget(rule(id, [0, day]))]);
    const asking = { ...count, probe };
    for (const node of [store, other]) assert.deepEqual(tally(await node.count(asking)), ['counted', 0]);
    for (const node of [store, other]) assert.deepEqual(tally(await node.count(count)), ['counted', 1]);
    assert.deepEqual(tally(await other.count(asking)), ['counted', 1]);
    await store.count(commands.count(userId, count.budgets));
    assert.deepEqual(tally(await other.count(asking)), ['held', 2]);
    assert.deepEqual(tally(await other.count(count)), ['counted', 2]);
  });

  test('A79 a probe that comes after its caller gave up is not answered', async ({ store, tooLate, userId }) => {
    const budgets = [budget(rule(newCounter(userId), []))];
    await assertUnavailable(store.count(tooLate.count(userId, budgets, { probe })));
  });
}

const zero = { count: 0, heldUntil: 0 };
