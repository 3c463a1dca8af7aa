import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { familyBytes } from '../../domain/secret';
import type { SessionRecord } from '../../domain/session-record';
import { minute, newRecord, second, start } from './records';
import type { Test } from './scene';
import { historyOf } from './snapshot';
import { assertStatus } from './assertions';

export function repeating(test: Test): void {
  test('A26 each repeat is counted, the first one is in the history', async (scene) => {
    const { store, other, commands, userId } = scene;
    const record = await scene.signInAndRotate();
    const first = commands.repeat(record);
    assert.deepEqual(await store.repeat(first), { status: 'repeated', record: withRepeats(record, 1) });
    const next = commands.repeat(record);
    assert.deepEqual(await other.repeat(next), { status: 'repeated', record: withRepeats(record, 2) });
    assert.deepEqual(await store.find(record.id), withRepeats(record, 2));
    assert.deepEqual((await historyOf(store, userId)).slice(0, -1), [first.audit]);
  });

  test('the first repeat after another rotation is in the history again', async (scene) => {
    const { store, commands, userId } = scene;
    const record = await scene.signInAndRotate();
    await store.repeat(commands.repeat(record));
    const outcome = await store.rotate(commands.rotate(record));
    assertStatus(outcome, 'rotated');
    const again = commands.repeat(outcome.record);
    assertStatus(await store.repeat(again), 'repeated');
    assert.deepEqual((await historyOf(store, userId))[0], again.audit);
  });

  test('an access token that ran out unused starts anew, one that is alive does not', async (scene) => {
    const { store, commands } = scene;
    const record = await scene.signInAndRotate();
    const { accessExpiresAt } = record.credentials;
    const alive = await store.repeat(commands.repeat(record, { at: accessExpiresAt - 1 }));
    assertStatus(alive, 'repeated');
    assert.equal(alive.record.credentials.accessExpiresAt, accessExpiresAt);
    const anew = await store.repeat(commands.repeat(record, { at: accessExpiresAt }));
    assertStatus(anew, 'repeated');
    assert.equal(anew.record.credentials.accessExpiresAt, accessExpiresAt + record.windows.access);
    assert.equal(anew.record.credentials.refreshExpiresAt, record.credentials.refreshExpiresAt);
  });

  test('an access token that was used does not start anew', async ({ store, commands, signInAndRotate }) => {
    const record = await signInAndRotate();
    await store.touch(commands.touch(record, { confirm: 1, slide: false }));
    const at = record.credentials.accessExpiresAt + minute;
    const outcome = await store.repeat(commands.repeat(record, { at }));
    assertStatus(outcome, 'repeated');
    assert.equal(outcome.record.credentials.accessExpiresAt, record.credentials.accessExpiresAt);
  });

  test('A20 a new start does not pass the absolute limit', async ({ store, commands, signInAndRotate }) => {
    const record = await signInAndRotate({ access: minute, refresh: 5 * minute, absolute: 2 * minute });
    const outcome = await store.repeat(commands.repeat(record, { at: start + 90 * second }));
    assertStatus(outcome, 'repeated');
    assert.equal(outcome.record.credentials.accessExpiresAt, start + 2 * minute);
  });

  test('another family or generation, or no parent, is a conflict', async (scene) => {
    const { store, commands, userId } = scene;
    const record = await scene.signInAndRotate();
    for (const different of [{ generation: 0 }, { generation: 2 }, { family: randomBytes(familyBytes) }]) {
      const outcome = await store.repeat(commands.repeat(record, different));
      assert.deepEqual(outcome, { status: 'conflict', record });
    }
    const childless = await scene.signIn();
    const outcome = await store.repeat(commands.repeat(childless));
    assert.deepEqual(outcome, { status: 'conflict', record: childless });
    assert.equal((await historyOf(store, userId)).length, 2);
  });

  test('the parent of a retired refresh token renews nothing', async ({
    store,
    commands,
    signInAndRotate,
    read,
  }) => {
    const record = await signInAndRotate();
    await store.retire(commands.retire(record, 'refresh'));
    const outcome = await store.repeat(commands.repeat(record));
    assert.deepEqual(outcome, { status: 'conflict', record: await read(record.id) });
  });

  test('A37 on a session that began at or before the epoch it is outdated, and renews nothing', async (scene) => {
    const { store, other, commands, userId } = scene;
    const record = await scene.signInAndRotate();
    await store.revokeAll(commands.revokeAll(userId, record.startedAt, { most: 0 }));
    const at = record.credentials.accessExpiresAt + second;
    const outdated = { status: 'outdated', record, reason: 'password_changed' };
    assert.deepEqual(await other.repeat(commands.repeat(record, { at })), outdated);
    assertStatus(await other.repeat(commands.repeat(record, { at, generation: 7 })), 'conflict');
    assert.deepEqual(await scene.read(record.id), record);
    assert.equal((await historyOf(store, userId)).length, 1);
    const later = await scene.signInAndRotate({ startedAt: record.startedAt + 1, at: start + second });
    assertStatus(await other.repeat(commands.repeat(later)), 'repeated');
  });

  test('one from before the epoch, sent again after it, is answered as the first time', async (scene) => {
    const { store, other, commands, userId } = scene;
    const command = commands.repeat(await scene.signInAndRotate());
    const first = await store.repeat(command);
    await store.revokeAll(commands.revokeAll(userId, start + minute, { most: 0 }));
    assert.deepEqual(await other.repeat(command), first);
  });

  test('on a session that ended, ran out or never was, it is missing', async (scene) => {
    const { store, commands, userId } = scene;
    const ended = await scene.signInAndRotate();
    await store.revoke(commands.revoke(ended));
    const expired = await scene.signInAndRotate({ access: second, refresh: minute });
    const at = start + 10 * minute;
    for (const record of [ended, expired, newRecord({ userId })]) {
      assert.deepEqual(await store.repeat(commands.repeat(record, { at })), { status: 'missing' });
    }
  });
}

function withRepeats(record: SessionRecord, repeats: number): SessionRecord {
  return { ...record, credentials: { ...record.credentials, repeats } };
}
