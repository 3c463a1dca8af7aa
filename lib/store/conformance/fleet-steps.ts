import assert from 'node:assert/strict';
import { minute, start } from './records';
import type { Scene, Test } from './scene';
import { historyOf } from './snapshot';

const at = start + 10 * minute;

export function fleetSteps(test: Test): void {
  test('A35 at most so many end in one step, those that expire last first, until none remains', async (scene) => {
    const { store, other } = scene;
    const records = await signIns(scene, 5);
    const counts = [];
    for (const node of [store, other, store]) {
      const { count, remaining } = await node.revokeAll(step(scene, 2));
      counts.push([count, remaining, (await scene.active(at)).length]);
    }
    assert.deepEqual(counts, [
      [2, true, 3],
      [2, true, 1],
      [1, false, 0],
    ]);
    const ends = await Promise.all(records.map(async ({ id }) => (await scene.read(id)).ending?.reason));
    assert.deepEqual(new Set(ends), new Set(['password_changed']));
  });

  test('A35 of many sessions as many end as are asked for, and each is told in the history', async (scene) => {
    await signIns(scene, 130);
    const first = await scene.store.revokeAll(step(scene, 120));
    assert.deepEqual([first.count, first.remaining], [120, true]);
    const second = await scene.store.revokeAll(step(scene, 120));
    assert.deepEqual([second.count, second.remaining], [10, false]);
    const told = (await historyOf(scene.store, scene.userId)).filter(({ event }) => event === 'sessions_revoked');
    assert.deepEqual(
      told.map(({ count }) => count),
      [10, 120],
    );
  });

  test('A35 a step sent again ends no more, and answers the same', async (scene) => {
    await signIns(scene, 3);
    const command = step(scene, 2);
    const first = await scene.store.revokeAll(command);
    assert.deepEqual(await scene.other.revokeAll(command), first);
    assert.equal((await scene.active(at)).length, 1);
  });

  test('A35 those that began after the epoch stay, wherever they stand among the others', async (scene) => {
    const old = await signIns(scene, 2);
    const [recent] = [await scene.signIn({ at: at + minute, refresh: 40 * minute })];
    const { count, remaining } = await scene.store.revokeAll(step(scene, 5));
    assert.deepEqual([count, remaining], [old.length, false]);
    assert.deepEqual(await scene.active(at + minute), [recent.id]);
  });

  test('where no session ends in a step, the history does not speak of it', async (scene) => {
    const { count, remaining } = await scene.store.revokeAll(step(scene, 5));
    assert.deepEqual([count, remaining], [0, false]);
    assert.deepEqual(await historyOf(scene.store, scene.userId), []);
  });
}

function step({ commands, userId }: Scene, most: number) {
  return commands.revokeAll(userId, at, { most });
}

function signIns({ signIn }: Scene, count: number) {
  return Promise.all(
    Array.from({ length: count }, (_, index) => signIn({ refresh: (20 + index) * minute, access: minute })),
  );
}
