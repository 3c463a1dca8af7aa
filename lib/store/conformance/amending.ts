import assert from 'node:assert/strict';
import { assertStatus } from './assertions';
import { minute, newRecord, second, start } from './records';
import type { Test } from './scene';
import { historyOf } from './snapshot';

export function amending(test: Test): void {
  test('an amendment replaces what the session shows, and counts the version', async (scene) => {
    const { store, other, commands, userId } = scene;
    const record = await scene.signIn();
    const profile = { ...record.profile, deviceName: 'kitchen tablet', scope: [] };
    const command = commands.amend(record, { profile, data: { theme: 'light' }, trusted: true });
    const amended = { ...record, version: 1, profile, data: { theme: 'light' }, trusted: true };
    assert.deepEqual(await store.amend(command), { status: 'amended', record: amended });
    assert.deepEqual(await other.find(record.id), amended);
    assert.deepEqual((await historyOf(store, userId))[0], command.audit);
  });

  test('an amendment says whether a fresh login is owed, and no renewal or touch takes that back', async (scene) => {
    const { store, other, commands, read } = scene;
    const record = await scene.signIn();
    const amended = await store.amend(commands.amend(record, { stepUp: true }));
    assert.deepEqual(amended, { status: 'amended', record: { ...record, version: 1, stepUp: true } });
    assert.deepEqual(await other.find(record.id), { ...record, version: 1, stepUp: true });
    const rotation = await store.rotate(commands.rotate(await read(record.id)));
    assertStatus(rotation, 'rotated');
    await store.touch(commands.touch(rotation.record, { confirm: 1 }));
    await store.repeat(commands.repeat(await read(record.id)));
    assert.equal((await read(record.id)).stepUp, true);
    await store.amend(commands.amend(await read(record.id), { stepUp: false }));
    assert.equal((await read(record.id)).stepUp, false);
  });

  test('an amendment without an entry leaves the history as it was', async ({ store, commands, ...scene }) => {
    const record = await scene.signIn();
    const before = await historyOf(store, scene.userId);
    const ip = '203.0.113.9';
    const command = commands.amend(record, { profile: { ...record.profile, ip }, audit: null });
    for (let count = 0; count < 2; count++) assertStatus(await store.amend(command), 'amended');
    assert.deepEqual(await scene.read(record.id), { ...record, version: 1, profile: command.profile });
    assert.deepEqual(await historyOf(store, scene.userId), before);
  });

  test('an amendment made from another version is a conflict that shows the fresh record', async (scene) => {
    const { store, commands, userId } = scene;
    const record = await scene.signIn();
    await store.amend(commands.amend(record, { data: { theme: 'light' } }));
    const fresh = await scene.read(record.id);
    for (const version of [0, 2]) {
      const outcome = await store.amend(commands.amend(record, { version, data: { theme: 'blue' } }));
      assert.deepEqual(outcome, { status: 'conflict', record: fresh });
    }
    assert.equal((await historyOf(store, userId)).length, 2);
  });

  test('rotations and touches are no versions', async ({ store, commands, signInAndRotate, read }) => {
    const record = await signInAndRotate();
    await store.touch(commands.touch(record, { confirm: 1 }));
    assert.equal((await read(record.id)).version, 0);
  });

  test('an amendment keeps the tokens, the deadlines and the last use', async ({ store, commands, ...scene }) => {
    const record = await scene.signInAndRotate();
    await store.amend(commands.amend(record, { at: start + 5 * minute, trusted: true }));
    assert.deepEqual(await scene.read(record.id), { ...record, version: 1, trusted: true });
  });

  test('A36 on a session that ended, ran out or never was, it is missing and brings nothing back', async (scene) => {
    const { store, commands, userId } = scene;
    const ended = await scene.signIn();
    await store.revoke(commands.revoke(ended));
    const expired = await scene.signIn({ access: second, refresh: minute });
    const at = start + 10 * minute;
    for (const record of [ended, expired, newRecord({ userId })]) {
      const before = await store.find(record.id);
      assert.deepEqual(await store.amend(commands.amend(record, { at })), { status: 'missing' });
      assert.deepEqual(await store.find(record.id), before);
    }
    assert.deepEqual(await scene.active(at), []);
  });
}
