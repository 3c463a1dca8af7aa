import assert from 'node:assert/strict';
import type { Limits } from '../../domain/limits';
import { userKey } from '../../domain/session-id';
import { assertStatus, assertUnavailable, present } from './assertions';
import { ending } from './endings';
import { limits } from './limits';
import { minute, newRecord, second, start } from './records';
import type { Test } from './scene';
import { signInUnder } from './sign-ins';
import { historyOf } from './snapshot';

const at = start + minute;

/** [the user's own as stored, what the command brings, how many sessions that gives]. */
const rules: readonly (readonly [stored: number | null, Partial<Limits>, max: number])[] = [
  [5, { user: 3 }, 5],
  [1, { user: 3 }, 1],
  [5, { user: 3, precedence: 'strictest' }, 3],
  [1, { user: 3, precedence: 'strictest' }, 1],
  [2, {}, 2],
  [2, { precedence: 'strictest' }, 2],
  [2, { user: 3, own: 1 }, 2],
  [3, { user: 2, own: 1, precedence: 'strictest' }, 2],
  [null, { user: 3, own: 2 }, 2],
  [null, { user: 2, own: 3 }, 3],
  [null, { user: 2, own: 3, precedence: 'strictest' }, 2],
  [null, { own: 2, precedence: 'strictest' }, 2],
  [null, { user: 2, precedence: 'strictest' }, 2],
];

export function ownLimits(test: Test): void {
  test('a limit of their own is kept, replaced and removed, each with its entry', async (scene) => {
    const { store, other, commands, userId } = scene;
    const user = userKey(userId);
    assert.equal(await store.findLimit(user), null);
    const told = [];
    for (const limit of [5, 12, 1, null, null]) {
      const command = commands.setLimit(userId, limit, { at: start + told.length });
      assert.equal(await store.setLimit(command), undefined);
      assert.equal(await other.findLimit(user), limit);
      told.unshift(command.audit);
      assert.deepEqual(await historyOf(other, userId), told);
    }
    assert.equal(await store.findLimit(userKey(`not ${userId}`)), null);
  });

  for (const [stored, some, max] of rules) {
    const name = stored === null ? 'without one that is stored' : `with a stored one of ${stored}`;
    test(`${name}, ${JSON.stringify(some)} gives ${max}`, async (scene) => {
      const { store, commands, userId } = scene;
      for (let count = 0; count < max + 3; count++) await scene.signIn();
      if (stored !== null) await store.setLimit(commands.setLimit(userId, stored));
      assert.equal((await store.trim(commands.trim(userId, at, limits(some)))).count, 3);
      const outcome = await signInUnder(scene, some);
      assertStatus(outcome, 'limit-reached');
      assert.deepEqual([outcome.limit, outcome.records.length], [{ per: 'user', max }, max]);
      await store.revoke(commands.revoke(present(outcome.records[0])));
      assertStatus(await signInUnder(scene, some), 'created');
      assertStatus(await signInUnder(scene, some), 'limit-reached');
    });
  }

  test('it counts beside those of application and device type', async (scene) => {
    const { store, commands, userId } = scene;
    await scene.signIn();
    await store.setLimit(commands.setLimit(userId, 5));
    const outcome = await signInUnder(scene, { application: 1 });
    assertStatus(outcome, 'limit-reached');
    assert.deepEqual(outcome.limit, { per: 'application', max: 1 });
  });

  test('it is a limit like any other: the session of the same device is replaced', async (scene) => {
    const { store, commands, userId } = scene;
    await store.setLimit(commands.setLimit(userId, 1));
    const old = await scene.signIn({ deviceId: 'laptop' });
    const record = newRecord({ userId, at, deviceId: 'laptop' });
    const outcome = await store.create(commands.create(record, { replacesDevice: true }));
    assertStatus(outcome, 'created');
    assert.deepEqual(outcome.ended, [{ ...old, data: {}, ending: ending(at, 'replaced') }]);
  });

  test('removed, it limits nothing any more', async (scene) => {
    const { store, commands, userId } = scene;
    await store.setLimit(commands.setLimit(userId, 1));
    await scene.signIn();
    assertStatus(await signInUnder(scene, {}), 'limit-reached');
    await store.setLimit(commands.setLimit(userId, null));
    assertStatus(await signInUnder(scene, {}), 'created');
  });

  test("it is this user's alone, and outlives their sessions", async (scene) => {
    const { store, commands, userId } = scene;
    await store.setLimit(commands.setLimit(userId, 1));
    const stranger = `not ${userId}`;
    for (let count = 0; count < 2; count++) {
      assertStatus(await store.create(commands.create(newRecord({ userId: stranger, at }))), 'created');
    }
    await scene.signIn();
    await store.revokeAll(commands.revokeAll(userId, start + second));
    assert.equal(await store.findLimit(userKey(userId)), 1);
    assertStatus(await signInUnder(scene, {}), 'created');
    assertStatus(await signInUnder(scene, {}), 'limit-reached');
  });

  test('one that is sent again after another one changes nothing, whether they set or remove', async (scene) => {
    const { store, other, commands, userId } = scene;
    for (const [first, second] of [
      [3, 5],
      [null, 5],
      [3, null],
    ] as const) {
      const [one, two] = [commands.setLimit(userId, first), commands.setLimit(userId, second)];
      await store.setLimit(one);
      await store.setLimit(two);
      const told = await historyOf(store, userId);
      await other.setLimit(one);
      assert.equal(await store.findLimit(userKey(userId)), second);
      assert.deepEqual(await historyOf(store, userId), told);
    }
  });

  test('the first of four, sent again, changes nothing, and leaves no second entry behind those of others', async (scene) => {
    const { store, other, commands, userId } = scene;
    const all = [1, 2, 3, 4].map((limit) => commands.setLimit(userId, limit));
    for (const command of all) await store.setLimit(command);
    for (let count = 0; count < 4; count++) await scene.signIn();
    const told = await historyOf(store, userId);
    await other.setLimit(all[0]!);
    assert.equal(await store.findLimit(userKey(userId)), 4);
    assert.deepEqual(await historyOf(store, userId), told);
  });

  test('two, sent twice in order, leave the last and are told once', async (scene) => {
    const { store, other, commands, userId } = scene;
    const [one, two] = [commands.setLimit(userId, 3), commands.setLimit(userId, 7)];
    for (const command of [one, two, one, two]) await other.setLimit(command);
    assert.equal(await store.findLimit(userKey(userId)), 7);
    assert.deepEqual(await historyOf(store, userId), [two.audit, one.audit]);
  });

  test('A79 one that comes after its caller gave up sets nothing', async (scene) => {
    const { store, tooLate, userId } = scene;
    await assertUnavailable(store.setLimit(tooLate.setLimit(userId, 3)));
    assert.equal(await store.findLimit(userKey(userId)), null);
    assert.deepEqual(await historyOf(store, userId), []);
  });
}
