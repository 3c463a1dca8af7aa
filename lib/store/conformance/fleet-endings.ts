import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { userKey } from '../../domain/session-id';
import type { FleetEnding, SaveFleetEnding } from '../fleet';
import { inParallel } from './in-parallel';
import { minute, randomUser, start } from './records';
import type { Scene, Test } from './scene';
import { assertStatus, assertUnavailable } from './assertions';

export function fleetEndings(test: Test): void {
  test('A35 there is none until one is kept; then every process finds it, as it was given', async (scene) => {
    const { store, other } = scene;
    assert.equal(await store.findFleetEnding(), undefined);
    const ending = newEnding({
      cursor: 'a.0.b.17',
      pending: { batch: 3, users: [userKey(randomUser()), userKey(randomUser())], again: true },
      lease: { holder: 'a process', until: start + minute },
      actor: { type: 'admin', id: 'Jürgen “root” 💥' },
    });
    assertStatus(await store.saveFleetEnding(save(scene, ending)), 'saved');
    assert.deepEqual(await other.findFleetEnding(), ending);
  });

  test('A35 a change is kept where it was made from what is stored, and else told what that is', async (scene) => {
    const { store, other } = scene;
    const first = newEnding({});
    await store.saveFleetEnding(save(scene, first));
    const second = { ...first, version: 2, endedSessions: 7, endedUsers: 5 };
    assertStatus(await other.saveFleetEnding(save(scene, second)), 'saved');
    for (const version of [1, 2, 4]) {
      const outcome = await store.saveFleetEnding(save(scene, { ...first, version }));
      assert.deepEqual(outcome, { status: 'conflict', ending: second });
    }
    assert.deepEqual(await store.findFleetEnding(), second);
  });

  test('A35 another ending is kept only where the one before is finished', async (scene) => {
    const { store } = scene;
    const first = newEnding({});
    await store.saveFleetEnding(save(scene, first));
    const another = newEnding({});
    assert.deepEqual(await store.saveFleetEnding(save(scene, another)), { status: 'conflict', ending: first });
    await store.saveFleetEnding(save(scene, { ...first, version: 2, finishedAt: start + minute }));
    assertStatus(await store.saveFleetEnding(save(scene, another)), 'saved');
    assert.deepEqual(await store.findFleetEnding(), another);
  });

  test('A35 of parallel changes one is kept', async (scene) => {
    const first = newEnding({});
    await scene.store.saveFleetEnding(save(scene, first));
    const outcomes = await inParallel(scene, 20, (node, index) =>
      node.saveFleetEnding(save(scene, { ...first, version: 2, endedUsers: index })),
    );
    assert.equal(outcomes.filter(({ status }) => status === 'saved').length, 1);
    assert.equal((await scene.store.findFleetEnding())!.version, 2);
  });

  test('B7 a change that is sent again is not its own rival', async (scene) => {
    const command = save(scene, newEnding({}));
    assertStatus(await scene.store.saveFleetEnding(command), 'saved');
    assertStatus(await scene.other.saveFleetEnding(command), 'saved');
  });

  test('a change that comes too late is not kept', async (scene) => {
    const { notAfter } = scene.tooLate.setLimit(scene.userId, 1);
    await assertUnavailable(scene.store.saveFleetEnding({ ...save(scene, newEnding({})), notAfter }));
    assert.equal(await scene.store.findFleetEnding(), undefined);
  });
}

function save({ commands, userId }: Scene, ending: FleetEnding): SaveFleetEnding {
  const { attempt, at, notAfter } = commands.setLimit(userId, 1);
  return { attempt, at, notAfter, ending };
}

function newEnding(changes: Partial<FleetEnding>): FleetEnding {
  return {
    id: randomBytes(17).toString('base64url').slice(0, 22),
    version: 1,
    floor: start,
    reason: 'fleet_ended',
    actor: { type: 'admin', id: 'root' },
    startedAt: start,
    finishedAt: null,
    expected: 12,
    endedSessions: 0,
    endedUsers: 0,
    durable: true,
    cursor: null,
    pending: { batch: 0, users: [], again: false },
    lease: null,
    ...changes,
  };
}
