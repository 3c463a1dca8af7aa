import assert from 'node:assert/strict';
import { type UserKey, userKey } from '../../domain/session-id';
import { minute, second, start } from './records';
import type { Test } from './scene';
import { assertStatus } from './assertions';

/** B11 where memory runs out, single keys vanish: that may sign someone out, and must never let anyone in. */
export function healing(test: Test, loseIndex: (user: UserKey) => Promise<void>): void {
  for (const verb of ['touch', 'rotate'] as const) {
    test(`B11 a ${verb} puts a lost session back into the list`, async (scene) => {
      const { store, commands } = scene;
      const record = await scene.signIn();
      await loseIndex(userKey(scene.userId));
      assert.deepEqual(await scene.active(start), []);
      const healed = verb === 'touch' ? store.touch(commands.touch(record)) : store.rotate(commands.rotate(record));
      assert.match((await healed).status, /^(touched|rotated)$/);
      assert.deepEqual(await scene.active(start + second), [record.id]);
      assert.equal((await store.revokeAll(commands.revokeAll(scene.userId, start + minute))).count, 1);
    });
  }

  test('B11 A37 a session that a revoke-all missed is outdated at its next sign of life', async (scene) => {
    const { store, commands, userId } = scene;
    const record = await scene.signIn();
    await loseIndex(userKey(userId));
    const epoch = start + minute;
    assert.equal((await store.revokeAll(commands.revokeAll(userId, epoch))).count, 0);
    const at = epoch + second;
    const reason = 'password_changed';
    assert.deepEqual(await store.touch(commands.touch(record, { at })), { status: 'outdated', reason });
    const rotate = commands.rotate(record, { at });
    assert.deepEqual(await store.rotate(rotate), { status: 'outdated', reason, record });
    assertStatus(await store.revoke(commands.revoke(record, { at })), 'ended');
    assert.deepEqual(await scene.active(at), []);
  });

  test('B11 A37 neither its parent nor a change of keys renews a session that a revoke-all missed', async (scene) => {
    const { store, commands, userId } = scene;
    const record = await scene.signInAndRotate();
    await loseIndex(userKey(userId));
    const epoch = start + minute;
    assert.equal((await store.revokeAll(commands.revokeAll(userId, epoch))).count, 0);
    const at = epoch + second;
    const outdated = { status: 'outdated', record, reason: 'password_changed' };
    assert.deepEqual(await store.repeat(commands.repeat(record, { at })), outdated);
    assert.deepEqual(await store.rekey(commands.rekey(record, { at })), outdated);
    assert.deepEqual(await scene.read(record.id), record);
    assert.deepEqual(await scene.active(at), []);
  });

  test('B11 a session that was kept is not outdated when its list is lost', async (scene) => {
    const { store, commands, userId } = scene;
    const record = await scene.signIn();
    await store.revokeAll(commands.revokeAll(userId, start + minute, { except: record.id }));
    await loseIndex(userKey(userId));
    const at = start + 2 * minute;
    assertStatus(await store.touch(commands.touch(record, { at })), 'touched');
    assert.deepEqual(await scene.active(at), [record.id]);
  });
}
