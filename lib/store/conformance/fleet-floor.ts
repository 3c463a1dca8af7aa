import assert from 'node:assert/strict';
import { newKeys } from './commands';
import { minute, newRecord, randomUser, second, start } from './records';
import type { Scene, Test } from './scene';
import { assertStatus, assertUnavailable } from './assertions';

const floor = start + minute;
const reason = 'fleet_ended';

export function fleetFloor(test: Test): void {
  test('A35 sign-ins that began at or before the floor are refused, of users known and unknown', async (scene) => {
    const known = await scene.signIn();
    await raise(scene, floor);
    for (const userId of [known.profile.userId, randomUser(), randomUser()]) {
      assertStatus(await signIn(scene, userId, floor), 'stale-sign-in');
      assertStatus(await signIn(scene, userId, floor + 1), 'created');
    }
  });

  test('A35 a session that began at or before the floor is outdated at its next renewal and touch', async (scene) => {
    const { other, commands } = scene;
    const record = await scene.signIn({ at: start });
    await raise(scene, floor);
    const rotation = await other.rotate(commands.rotate(record, { at: floor + second }));
    assert.deepEqual(rotation, { status: 'outdated', record, reason });
    const touch = await other.touch(commands.touch(record, { at: floor + second }));
    assert.deepEqual(touch, { status: 'outdated', reason });
    const later = await signIn(scene, scene.userId, floor + 1);
    assertStatus(later, 'created');
    assertStatus(await other.touch(commands.touch(later.record, { at: floor + minute })), 'touched');
    assertStatus(await other.rotate(commands.rotate(later.record, { at: floor + minute })), 'rotated');
  });

  test('A35 no repeat and no change of keys renews a session that began at or before the floor', async (scene) => {
    const { store, other, commands } = scene;
    const record = await scene.signInAndRotate({ at: floor });
    await raise(scene, floor);
    const at = floor + second;
    const outdated = { status: 'outdated', record, reason };
    assert.deepEqual(await other.repeat(commands.repeat(record, { at })), outdated);
    assert.deepEqual(await other.rekey(commands.rekey(record, { at })), outdated);
    assert.deepEqual(await scene.read(record.id), record);
    const later = await scene.signInAndRotate({ at, startedAt: floor + 1 });
    assertStatus(await other.repeat(commands.repeat(later)), 'repeated');
    assertStatus(await store.rekey(commands.rekey(later)), 'rekeyed');
  });

  test('A35 no later revoke-all keeps a session that began before the floor', async (scene) => {
    const { store, commands, userId } = scene;
    const own = await scene.signIn();
    await raise(scene, floor);
    const changes = { except: own.id, rekey: newKeys(own) };
    const outcome = await store.revokeAll(commands.revokeAll(userId, floor + minute, changes));
    assert.deepEqual([outcome.count, outcome.kept], [1, null]);
  });

  test('a sign-in that claims no order passes the floor', async (scene) => {
    await raise(scene, floor);
    const record = newRecord({ userId: scene.userId, at: floor + second, startedAt: floor });
    const outcome = await scene.store.create(scene.commands.create(record, { ordered: false }));
    assertStatus(outcome, 'created');
    assert.equal(outcome.record.startedAt, floor + 1);
  });

  test('of floor and epoch the higher one counts, with its reason', async (scene) => {
    const { store, commands, userId } = scene;
    const record = await scene.signIn({ at: floor + 2 * minute, startedAt: start });
    await raise(scene, floor);
    const untrusted = commands.revokeAll(userId, floor + minute, { except: record.id });
    await store.revokeAll({ ...untrusted, except: null, epoch: floor + minute, at: start });
    assertStatus(await signIn(scene, userId, floor + minute), 'stale-sign-in');
    assertStatus(await signIn(scene, userId, floor + minute + 1), 'created');
  });

  test('the floor is never lowered, and keeps its reason', async (scene) => {
    const { store, other, commands } = scene;
    const record = await scene.signIn();
    await raise(scene, floor);
    const lower = { notAfter: commands.create(record).notAfter, floor: floor - second, reason: 'other' };
    assert.deepEqual(await other.raiseFloor(lower), { durable: true });
    assert.deepEqual(await store.touch(commands.touch(record, { at: floor })), { status: 'outdated', reason });
    assertStatus(await signIn(scene, scene.userId, floor), 'stale-sign-in');
  });

  test('a floor that comes too late is not raised', async (scene) => {
    const { notAfter } = scene.tooLate.create(await scene.signIn());
    await assertUnavailable(scene.store.raiseFloor({ notAfter, floor, reason }));
    assertStatus(await signIn(scene, scene.userId, floor), 'created');
  });
}

async function raise({ store, commands, userId }: Scene, to: number): Promise<void> {
  await store.raiseFloor({ notAfter: commands.setLimit(userId, 1).notAfter, floor: to, reason });
}

function signIn({ store, commands }: Scene, userId: string, startedAt: number) {
  return store.create(commands.create(newRecord({ userId, at: startedAt + second, startedAt })));
}
