import assert from 'node:assert/strict';
import { userKey } from '../../domain/session-id';
import { minute, newRecord, start } from './records';
import type { Test } from './scene';
import { historyOf, snapshot } from './snapshot';
import { assertStatus } from './assertions';

export function creating(test: Test): void {
  test('a new session is found and listed as it was given, with its history', async (scene) => {
    const { store, other, commands, userId } = scene;
    const record = newRecord({ userId, idle: 20 * minute, trusted: true });
    const command = commands.create(record);
    assert.deepEqual(await store.create(command), {
      status: 'created',
      record,
      ended: [],
      endedCount: 0,
      others: 0,
    });
    assert.deepEqual(await snapshot(other, userId, start, [record.id]), {
      found: [record],
      active: [record],
      expired: [],
      ended: [],
      history: [command.audit],
      ownLimit: null,
    });
  });

  test('a session without refresh tokens is found as it was given', async ({ store, commands, userId }) => {
    const record = newRecord({ userId, refresh: null });
    await store.create(commands.create(record));
    assert.deepEqual(await store.find(record.id), record);
  });

  test('an id that nobody has used finds nothing', async ({ store, userId }) => {
    assert.equal(await store.find(newRecord({ userId }).id), undefined);
  });

  test('an id that is in use is not overwritten by another attempt', async ({
    store,
    commands,
    userId,
    signIn,
  }) => {
    const record = await signIn();
    const before = await snapshot(store, userId, start, [record.id]);
    const usurper = { ...newRecord({ userId, trusted: true }), id: record.id };
    await assert.rejects(store.create(commands.create(usurper)));
    assert.deepEqual(await snapshot(store, userId, start, [record.id]), before);
  });

  test('A37 a sign-in that began at or before the epoch is stale and leaves nothing', async (scene) => {
    const { store, other, commands, userId } = scene;
    const epoch = start + minute;
    await store.revokeAll(commands.revokeAll(userId, epoch));
    const late = epoch + minute;
    for (const startedAt of [epoch, epoch - 1, start]) {
      const record = newRecord({ userId, at: late, startedAt });
      assert.deepEqual(await other.create(commands.create(record)), { status: 'stale-sign-in' });
      assert.equal(await store.find(record.id), undefined);
    }
    assert.deepEqual(await scene.active(late), []);
    const events = (await historyOf(store, userId)).map(({ event }) => event);
    assert.deepEqual(events, ['sessions_revoked']);
  });

  test('A37 a sign-in that began after the epoch is stored', async ({ store, commands, userId, signIn }) => {
    const epoch = start + minute;
    await store.revokeAll(commands.revokeAll(userId, epoch));
    const record = await signIn({ at: epoch + minute, startedAt: epoch + 1 });
    assert.equal(record.startedAt, epoch + 1);
  });

  test('a sign-in of unknown beginning is moved past the epoch', async ({ store, commands, userId, read }) => {
    const epoch = start + minute;
    await store.revokeAll(commands.revokeAll(userId, epoch));
    const record = newRecord({ userId, at: epoch, startedAt: epoch });
    const outcome = await store.create(commands.create(record, { ordered: false }));
    assertStatus(outcome, 'created');
    assert.equal(outcome.record.startedAt, epoch + 1);
    assert.deepEqual(await read(record.id), { ...record, startedAt: epoch + 1 });
  });

  test('a beginning that has not come yet counts as now', async ({ store, commands, userId, signIn }) => {
    const record = await signIn({ startedAt: start + 10 * minute });
    assert.equal(record.startedAt, start);
    const { count } = await store.revokeAll(commands.revokeAll(userId, start + minute));
    assert.equal(count, 1);
  });

  test("another user's epoch does not matter", async ({ store, commands, userId, signIn }) => {
    await store.revokeAll(commands.revokeAll(`not ${userId}`, start + minute));
    assert.equal((await signIn()).startedAt, start);
  });

  test('a user of whom nothing is known has empty lists', async ({ store, userId }) => {
    const nothing = { found: [], active: [], expired: [], ended: [], history: [], ownLimit: null };
    assert.deepEqual(await snapshot(store, userId, start), nothing);
    const page = { user: userKey(userId), at: start, after: null, limit: 10, applicationId: null } as const;
    assert.deepEqual(await store.list({ ...page, kind: 'active' }), { records: [], next: null });
  });
}
