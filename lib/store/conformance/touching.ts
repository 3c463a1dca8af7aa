import assert from 'node:assert/strict';
import { day, minute, newRecord, second, start } from './records';
import type { Test } from './scene';
import { historyOf } from './snapshot';

export function touching(test: Test): void {
  test('A21 a touch moves the last use, and nothing else', async ({ store, other, commands, userId, signIn }) => {
    const record = await signIn({ idle: 30 * minute });
    const at = start + minute;
    assert.deepEqual(await other.touch(commands.touch(record, { at })), { status: 'touched' });
    assert.deepEqual(await store.find(record.id), { ...record, lastSeenAt: at });
    assert.equal((await historyOf(store, userId)).length, 1);
  });

  test('the last use never moves backwards', async ({ store, commands, signIn, read }) => {
    const record = await signIn();
    await store.touch(commands.touch(record, { at: start + 2 * minute }));
    await store.touch(commands.touch(record, { at: start + minute }));
    assert.equal((await read(record.id)).lastSeenAt, start + 2 * minute);
  });

  test('without refresh tokens the access deadline slides, never backwards', async (scene) => {
    const { store, commands, read } = scene;
    const record = await scene.signIn({ refresh: null });
    const at = start + 10 * minute;
    await store.touch(commands.touch(record, { at }));
    await store.touch(commands.touch(record, { at: start + minute }));
    const { lastSeenAt, credentials } = await read(record.id);
    assert.equal(lastSeenAt, at);
    assert.equal(credentials.accessExpiresAt, at + record.windows.access);
  });

  test('A20 a sliding access deadline does not pass the absolute limit', async ({
    store,
    commands,
    signIn,
    read,
  }) => {
    const record = await signIn({ access: 15 * minute, refresh: null, absolute: 20 * minute });
    await store.touch(commands.touch(record, { at: start + 10 * minute }));
    assert.equal((await read(record.id)).credentials.accessExpiresAt, start + 20 * minute);
  });

  test('the first use of a successor confirms it, once', async ({ store, commands, signInAndRotate, read }) => {
    const record = await signInAndRotate();
    const at = start + minute;
    await store.touch(commands.touch(record, { at, confirm: 1, slide: false }));
    await store.touch(commands.touch(record, { at: at + minute, confirm: 1, slide: false }));
    const confirmed = { ...record, credentials: { ...record.credentials, confirmedAt: at } };
    assert.deepEqual(await read(record.id), confirmed);
  });

  test('the use of another generation confirms nothing', async ({ store, commands, signInAndRotate, read }) => {
    const record = await signInAndRotate();
    for (const confirm of [0, 2, null]) {
      const touch = commands.touch(record, { confirm, slide: false });
      assert.deepEqual(await store.touch(touch), { status: 'touched' });
    }
    assert.deepEqual(await read(record.id), record);
  });

  test('A18 a session that was idle for its window is over, to the millisecond', async ({
    store,
    commands,
    signIn,
  }) => {
    const record = await signIn({ idle: minute, access: day, refresh: day });
    const late = commands.touch(record, { at: start + minute });
    assert.deepEqual(await store.touch(late), { status: 'missing' });
    const last = commands.touch(record, { at: start + minute - 1 });
    assert.deepEqual(await store.touch(last), { status: 'touched' });
  });

  test('on a session that ended, ran out or never was, it is missing and brings nothing back', async (scene) => {
    const { store, commands, userId } = scene;
    const ended = await scene.signIn();
    await store.revoke(commands.revoke(ended));
    const tombstone = await scene.read(ended.id);
    const expired = await scene.signIn({ access: second, refresh: minute });
    const unknown = newRecord({ userId });
    const at = start + 10 * minute;
    for (const record of [ended, expired, unknown]) {
      const touch = commands.touch(record, { at, confirm: 0 });
      assert.deepEqual(await store.touch(touch), { status: 'missing' });
    }
    assert.deepEqual(await store.find(ended.id), tombstone);
    assert.deepEqual(await store.find(expired.id), expired);
    assert.equal(await store.find(unknown.id), undefined);
    assert.deepEqual(await scene.active(at), []);
  });
}
