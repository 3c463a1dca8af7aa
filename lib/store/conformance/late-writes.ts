import assert from 'node:assert/strict';
import { everyWrite, writeNames } from './every-write';
import { newRecord, second, start } from './records';
import type { Test } from './scene';
import { snapshot } from './snapshot';
import { assertUnavailable } from './assertions';

const at = start + 2 * second;

/** No ghost sessions: what arrives after its caller was told that the store is away must not happen. */
export function lateWrites(test: Test): void {
  for (const name of writeNames) {
    test(`A79 ${name} that comes after its caller gave up changes nothing`, async (scene) => {
      const { store, other, tooLate, userId } = scene;
      const record = await scene.signInAndRotate();
      const before = await snapshot(store, userId, at, [record.id]);
      await assertUnavailable(everyWrite[name](tooLate, record)(other));
      assert.deepEqual(await snapshot(store, userId, at, [record.id]), before);
    });
  }

  test('A79 a touch that comes after its caller gave up changes nothing', async (scene) => {
    const { store, tooLate } = scene;
    const record = await scene.signInAndRotate();
    await assertUnavailable(store.touch(tooLate.touch(record, { confirm: 1 })));
    assert.deepEqual(await scene.read(record.id), record);
  });

  test('A79 no session appears after its sign-in was given up, and no epoch', async (scene) => {
    const { store, commands, tooLate, userId, active } = scene;
    const record = newRecord({ userId });
    await assertUnavailable(store.create(tooLate.create(record)));
    assert.equal(await store.find(record.id), undefined);
    await assertUnavailable(store.revokeAll(tooLate.revokeAll(userId, at)));
    await store.create(commands.create(record));
    assert.deepEqual(await active(start), [record.id]);
  });

  test('A79 a resend that comes too late is refused, whatever became of the first', async (scene) => {
    const { store, commands, tooLate } = scene;
    const record = await scene.signIn();
    const command = commands.amend(record, { trusted: true });
    await store.amend(command);
    const { notAfter } = tooLate.amend(record);
    await assertUnavailable(store.amend({ ...command, notAfter }));
    assert.deepEqual(await scene.read(record.id), { ...record, version: 1, trusted: true });
  });
}
