import assert from 'node:assert/strict';
import { assertStatus } from './assertions';
import { inParallel } from './in-parallel';
import { limits, newOneTime, onReached } from './limits';
import { minute, newRecord, second, start } from './records';
import type { Test } from './scene';
import { signInUnder } from './sign-ins';
import { historyOf } from './snapshot';

const at = start + minute;

/** What a sign-in that finds no room is told, and what it leaves. */
export function refusing(test: Test): void {
  test('a refusal shows those used last first, and a hundred at most', async (scene) => {
    const { commands, userId } = scene;
    const records = Array.from({ length: 103 }, (_, index) => newRecord({ userId, at: start + index }));
    await inParallel(scene, records.length, (node, index) => node.create(commands.create(records[index]!)));
    await scene.store.touch(commands.touch(records[0]!, { at: start + second }));
    const given = { onReached: onReached(newOneTime(userId), at) };
    const outcome = await signInUnder(scene, { user: 103 }, {}, given);
    assertStatus(outcome, 'limit-reached');
    assert.deepEqual(
      outcome.records.map(({ id }) => id),
      [0, ...Array.from({ length: 99 }, (_, index) => 102 - index)].map((index) => records[index]!.id),
    );
  });

  test('where a refusal leaves nothing, it shows all that the exceeded limits count, so that the app can choose', async (scene) => {
    const { commands, userId } = scene;
    const places = [{ type: 'phone' }, { applicationId: 'ios' }, { type: 'tablet', applicationId: 'tv' }] as const;
    const records = Array.from({ length: 120 }, (_, index) =>
      newRecord({ userId, at: start + index, ...places[index % places.length] }),
    );
    await inParallel(scene, records.length, (node, index) => node.create(commands.create(records[index]!)));
    const newestFirst = records.toReversed();
    for (const [rules, wanted, max, counted] of [
      [{ user: 120 }, {}, 120, newestFirst],
      // two groups are exceeded: what either counts can make room
      [
        { application: 40, deviceTypes: { phone: 40 } },
        { applicationId: 'ios', type: 'phone' },
        40,
        newestFirst.filter((record) => record.applicationId === 'ios' || record.profile.device.type === 'phone'),
      ],
      // the others are within theirs
      [
        { user: 121, deviceTypes: { phone: 40 } },
        { applicationId: 'ios', type: 'phone' },
        40,
        newestFirst.filter((record) => record.profile.device.type === 'phone'),
      ],
      [{ user: 120, deviceTypes: { phone: 39 } }, { applicationId: 'ios', type: 'phone' }, 39, newestFirst],
    ] as const) {
      const outcome = await signInUnder(scene, rules, wanted);
      assertStatus(outcome, 'limit-reached');
      assert.deepEqual(outcome.limit, { per: 'deviceTypes' in rules ? 'device-type' : 'user', max });
      assert.deepEqual(
        outcome.records.map(({ id }) => id),
        counted.map(({ id }) => id),
      );
    }
  });

  test('A24 a refusal leaves the one-time token and the entry that it was given, in the same step', async (scene) => {
    const { store, other, commands, userId } = scene;
    await scene.signIn();
    const oneTime = newOneTime(userId);
    const given = onReached(oneTime, at);
    const command = commands.create(newRecord({ userId, at }), { limits: limits({ user: 1 }), onReached: given });
    const outcome = await store.create(command);
    assertStatus(outcome, 'limit-reached');
    assert.deepEqual(await other.findOneTime(oneTime.id), oneTime);
    assert.deepEqual((await historyOf(store, userId))[0], given.audit);
    assert.equal(await store.findOneTime(newOneTime(userId).id), undefined);
  });

  test('a sign-in that finds room leaves no one-time token', async (scene) => {
    const { store, commands, userId } = scene;
    const oneTime = newOneTime(userId);
    const given = { limits: limits({ user: 1 }), onReached: onReached(oneTime, at) };
    assertStatus(await store.create(commands.create(newRecord({ userId, at }), given)), 'created');
    assert.equal(await store.findOneTime(oneTime.id), undefined);
  });
}
