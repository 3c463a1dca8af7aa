import assert from 'node:assert/strict';
import { inParallel } from './in-parallel';
import { minute } from './records';
import type { Scene, Test } from './scene';
import { assertUnavailable } from './assertions';

const hour = 60 * minute;

export function fleetSignIns(test: Test): void {
  test('sign-ins of an hour add up, whichever process counts them, and hours do not mix', async (scene) => {
    const first = await thisHour(scene);
    await inParallel(scene, 20, (node, index) => node.tallySignIns(tally(scene, first, index)));
    await scene.store.tallySignIns(tally(scene, first - hour, 1_000_000));
    assert.deepEqual(await scene.other.findSignIns([first - 2 * hour, first - hour, first]), [0, 1_000_000, 190]);
  });

  test('of no hours there are no counts', async ({ store }) => {
    assert.deepEqual(await store.findSignIns([]), []);
  });

  test('a tally that comes too late is not counted', async (scene) => {
    const first = await thisHour(scene);
    const { notAfter } = scene.tooLate.setLimit(scene.userId, 1);
    await assertUnavailable(scene.store.tallySignIns({ ...tally(scene, first, 3), notAfter }));
    assert.deepEqual(await scene.store.findSignIns([first]), [0]);
  });
}

async function thisHour({ store }: Scene): Promise<number> {
  return Math.floor((await store.now()) / hour) * hour;
}

function tally({ commands, userId }: Scene, of: number, count: number) {
  const { at, notAfter } = commands.setLimit(userId, 1);
  return { at, notAfter, hour: of, count };
}
