import assert from 'node:assert/strict';
import { assertUnavailable } from './assertions';
import { budget, holdOf, newCounter, rule } from './counters';
import { day, second, start } from './records';
import type { Test } from './scene';
import { historyOf } from './snapshot';

export function resettingCounters(test: Test): void {
  test('a reset tells whether any counter was held, and the history only then', async (scene) => {
    const { store, other, commands, userId } = scene;
    const [free, held] = [newCounter(userId), newCounter(userId)];
    await store.count(commands.count(userId, [budget(rule(free, []))]));
    assert.deepEqual(await other.reset(commands.reset(userId, [free, held])), { wasHeld: false });
    assert.deepEqual(await historyOf(store, userId), []);
    for (const hold of [second, Infinity]) {
      await store.count(commands.count(userId, [budget(rule(held, [hold]))]));
      const reset = commands.reset(userId, [free, held]);
      assert.deepEqual(await other.reset(reset), { wasHeld: true });
      assert.deepEqual((await historyOf(store, userId))[0], reset.audit?.entry);
      assert.equal(await holdOf(store, held), 0);
    }
    assert.equal((await historyOf(store, userId)).length, 2);
  });

  test('a hold that is over is no hold', async ({ store, commands, userId }) => {
    const id = newCounter(userId);
    await store.count(commands.count(userId, [budget(rule(id, [second]))]));
    const reset = commands.reset(userId, [id], { at: start + second });
    assert.deepEqual(await store.reset(reset), { wasHeld: false });
    assert.deepEqual(await historyOf(store, userId), []);
  });

  test('a reset that is sent twice gives its first outcome, and is told once', async (scene) => {
    const { store, other, commands, userId } = scene;
    const [held, device] = [newCounter(userId), newCounter(userId)];
    await store.count(commands.count(userId, [budget(rule(held, [day]))]));
    const reset = commands.reset(userId, [held], { known: device });
    for (const node of [store, other, store]) assert.deepEqual(await node.reset(reset), { wasHeld: true });
    assert.equal((await historyOf(store, userId)).length, 1);
    const again = commands.reset(userId, [held], { known: device });
    assert.deepEqual(await other.reset(again), { wasHeld: false });
    assert.equal((await historyOf(store, userId)).length, 1);
  });

  test('a reset without an audit, or of nothing, leaves no history', async ({ store, commands, userId }) => {
    const id = newCounter(userId);
    await store.count(commands.count(userId, [budget(rule(id, [day]))]));
    assert.deepEqual(await store.reset(commands.reset(userId, [id], { audit: null })), { wasHeld: true });
    assert.deepEqual(await store.reset(commands.reset(userId, [])), { wasHeld: false });
    assert.deepEqual(await historyOf(store, userId), []);
  });

  test('A79 a reset that comes after its caller gave up does nothing', async (scene) => {
    const { store, other, commands, tooLate, userId } = scene;
    const [id, device] = [newCounter(userId), newCounter(userId)];
    await store.count(commands.count(userId, [budget(rule(id, [day]))]));
    await assertUnavailable(other.reset(tooLate.reset(userId, [id], { known: device })));
    assert.deepEqual(await store.findCounters([id]), [{ count: 1, heldUntil: start + day }]);
    assert.deepEqual(await historyOf(store, userId), []);
  });
}
