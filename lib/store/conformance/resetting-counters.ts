import assert from 'node:assert/strict';
import { assertUnavailable } from './assertions';
import { budget, newCounter, rule } from './counters';
import { day, second, start } from './records';
import type { Test } from './scene';
import { historyOf } from './snapshot';

export function resettingCounters(test: Test): void {
  test('a reset tells whether any counter had counted, held or not, and the history only then', async (scene) => {
    const { store, other, commands, userId } = scene;
    const [unused, counted] = [newCounter(userId), newCounter(userId)];
    assert.deepEqual(await other.reset(commands.reset(userId, [unused, counted])), { forgot: false });
    assert.deepEqual(await historyOf(store, userId), []);
    for (const hold of [0, second, Infinity]) {
      await store.count(commands.count(userId, [budget(rule(counted, [hold]))]));
      const reset = commands.reset(userId, [unused, counted]);
      assert.deepEqual(await other.reset(reset), { forgot: true });
      assert.deepEqual((await historyOf(store, userId))[0], reset.audit?.entry);
      assert.deepEqual(await store.findCounters([counted]), [{ count: 0, heldUntil: 0 }]);
    }
    assert.equal((await historyOf(store, userId)).length, 3);
  });

  test('what has become known without counting has nothing to forget', async ({ store, commands, userId }) => {
    const [id, device] = [newCounter(userId), newCounter(userId)];
    assert.deepEqual(await store.reset(commands.reset(userId, [id], { known: device })), { forgot: false });
    assert.deepEqual(await store.reset(commands.reset(userId, [id, device])), { forgot: false });
    assert.deepEqual(await historyOf(store, userId), []);
  });

  test('a reset that is sent twice gives its first outcome, and is told once', async (scene) => {
    const { store, other, commands, userId } = scene;
    const [held, device] = [newCounter(userId), newCounter(userId)];
    await store.count(commands.count(userId, [budget(rule(held, [day]))]));
    const reset = commands.reset(userId, [held], { known: device });
    for (const node of [store, other, store]) assert.deepEqual(await node.reset(reset), { forgot: true });
    assert.equal((await historyOf(store, userId)).length, 1);
    const again = commands.reset(userId, [held], { known: device });
    assert.deepEqual(await other.reset(again), { forgot: false });
    assert.equal((await historyOf(store, userId)).length, 1);
  });

  test('a reset without an audit, or of nothing, leaves no history', async ({ store, commands, userId }) => {
    const id = newCounter(userId);
    await store.count(commands.count(userId, [budget(rule(id, [day]))]));
    assert.deepEqual(await store.reset(commands.reset(userId, [id], { audit: null })), { forgot: true });
    assert.deepEqual(await store.reset(commands.reset(userId, [])), { forgot: false });
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
