import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { familyBytes } from '../../domain/secret';
import { userKey } from '../../domain/session-id';
import { ending } from './endings';
import { minute, neighbourOf, newRecord, second, start } from './records';
import type { Test } from './scene';
import { historyOf } from './snapshot';
import { assertStatus } from './assertions';

const at = start + minute;

export function revoking(test: Test): void {
  test('A30 a revoked session is a tombstone for every node: the record, less its data', async (scene) => {
    const { store, other, commands, userId } = scene;
    const record = await scene.signInAndRotate({ trusted: true });
    const command = commands.revoke(record, { at });
    const tombstone = { ...record, data: {}, ending: ending(at) };
    const outcome = await store.revoke(command);
    assert.deepEqual(outcome, { status: 'ended', record: tombstone, changed: true, durable: true });
    assert.deepEqual(await other.find(record.id), tombstone);
    assert.deepEqual(await scene.active(at), []);
    assert.deepEqual((await historyOf(store, userId))[0], command.audit);
  });

  test('the actor, the reason and the device that took over are kept as they were given', async ({
    store,
    commands,
    signIn,
    read,
  }) => {
    const { device } = newRecord({ userId: 'anyone' }).profile;
    const endings = [
      { actor: { type: 'user' }, replacedBy: null },
      { actor: { type: 'system' }, replacedBy: device },
      { actor: { type: 'impersonator', id: 'naïve:{*}\n' }, replacedBy: null },
      {
        actor: { type: 'admin', id: '0' },
        replacedBy: { ...device, browser: null, osVersion: '', model: '"{}[]' },
      },
    ] as const;
    for (const one of endings) {
      const record = await signIn();
      const given = { at, reason: 'my_own_word', ...one };
      await store.revoke(commands.revoke(record, { ending: given }));
      assert.deepEqual((await read(record.id)).ending, given);
    }
  });

  test('A31 a session that was ended before stays as it was', async ({
    store,
    other,
    commands,
    userId,
    signIn,
  }) => {
    const record = await signIn();
    await store.revoke(commands.revoke(record, { at }));
    const tombstone = await store.find(record.id);
    const late = commands.revoke(record, { at: at + minute, ending: ending(at + minute, 'revoked') });
    const outcome = await other.revoke(late);
    assert.deepEqual(outcome, { status: 'ended', record: tombstone, changed: false, durable: true });
    assert.deepEqual(await store.find(record.id), tombstone);
    assert.equal((await historyOf(store, userId)).length, 2);
  });

  test('C-IDOR a session of another owner is missing, alive or ended', async (scene) => {
    const { store, commands, userId } = scene;
    const record = await scene.signIn();
    const foreign = commands.revoke(record, { owner: userKey(neighbourOf(userId)) });
    assert.deepEqual(await store.revoke(foreign), { status: 'missing' });
    assert.deepEqual(await scene.read(record.id), record);
    assertStatus(await store.revoke(commands.revoke(record, { owner: userKey(userId) })), 'ended');
    assert.deepEqual(await store.revoke(foreign), { status: 'missing' });
  });

  test('a session that has been given another family since is missing', async (scene) => {
    const { store, commands } = scene;
    const record = await scene.signInAndRotate();
    const other = commands.revoke(record, { family: randomBytes(familyBytes) });
    assert.deepEqual(await store.revoke(other), { status: 'missing' });
    assert.deepEqual(await scene.read(record.id), record);
    const same = commands.revoke(record, { family: record.credentials.family });
    assertStatus(await store.revoke(same), 'ended');
    assert.deepEqual(await store.revoke(other), { status: 'missing' });
  });

  test('a session that ran out by time is missing and stays expired', async ({
    store,
    commands,
    userId,
    signIn,
  }) => {
    const record = await signIn({ access: second, refresh: minute });
    assert.deepEqual(await store.revoke(commands.revoke(record, { at })), { status: 'missing' });
    assert.deepEqual(await store.find(record.id), record);
    assert.equal((await historyOf(store, userId)).length, 1);
  });

  test('a session that is not there is missing', async ({ store, commands, userId }) => {
    const record = newRecord({ userId });
    assert.deepEqual(await store.revoke(commands.revoke(record)), { status: 'missing' });
    assert.equal(await store.find(record.id), undefined);
    assert.deepEqual(await historyOf(store, userId), []);
  });
}
