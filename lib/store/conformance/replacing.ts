import assert from 'node:assert/strict';
import type { SessionRecord } from '../../domain/session-record';
import { replaced } from './commands';
import { endedWith, ending } from './endings';
import { minute, neighbourOf, newRecord, randomDigest, start } from './records';
import type { Scene, Test } from './scene';
import { historyOf } from './snapshot';
import { assertStatus, present } from './assertions';

type Credentials = SessionRecord['credentials'];

const tokens: Record<string, (credentials: Credentials) => Credentials['refreshDigest'] | undefined> = {
  access: ({ accessDigest }) => accessDigest,
  refresh: ({ refreshDigest }) => refreshDigest,
  'parent access': ({ parent }) => parent?.accessDigest,
  'parent refresh': ({ parent }) => parent?.refreshDigest,
};

const at = start + minute;

export function replacing(test: Test): void {
  for (const [name, digestOf] of Object.entries(tokens)) {
    test(`A8 a sign-in ends the session whose ${name} token it replaces, in the same step`, async (scene) => {
      const { store, commands, userId, signInAndRotate, read } = scene;
      const old = await signInAndRotate();
      const record = newRecord({ userId, at });
      const replacement = replaced(old, present(digestOf(old.credentials)));
      const command = commands.create(record, { replaces: [replacement] });
      const tombstone = { ...old, data: {}, ending: ending(at, 'replaced') };
      const expected = { status: 'created', record, ended: [tombstone], endedCount: 1, others: 0 };
      assert.deepEqual(await store.create(command), expected);
      assert.deepEqual(await read(old.id), tombstone);
      assert.deepEqual(await scene.active(at), [record.id]);
      await endedWith(scene, command.replacing, [old.id]);
      assert.ok((await historyOf(store, userId)).some(({ id }) => id === command.audit.id));
    });
  }

  test('a session that is named twice ends once', async ({ store, commands, userId, signIn }) => {
    const old = await signIn();
    const twice = [replaced(old), replaced(old, present(old.credentials.refreshDigest))];
    const outcome = await store.create(commands.create(newRecord({ userId, at }), { replaces: twice }));
    assertStatus(outcome, 'created');
    assert.equal(outcome.ended.length, 1);
    assert.equal((await historyOf(store, userId)).length, 3);
  });

  test('A29 knowing an id replaces nothing: the token decides', async (scene) => {
    const old = await scene.signIn();
    await leavesAlone(scene, old, replaced(old, randomDigest()));
  });

  test("another user's session is left alone, even with its token", async (scene) => {
    for (const userId of [`not ${scene.userId}`, neighbourOf(scene.userId)]) {
      const stranger = await scene.signIn({ userId });
      await leavesAlone(scene, stranger, replaced(stranger));
    }
  });

  test('a session that ended before keeps the reason it ended for', async (scene) => {
    const old = await scene.signIn();
    await scene.store.revoke(scene.commands.revoke(old));
    await leavesAlone(scene, await scene.read(old.id), replaced(old));
  });

  test('a session that ran out by time stays expired', async (scene) => {
    const old = await scene.signIn({ access: 1_000, refresh: 2_000 });
    await leavesAlone(scene, old, replaced(old));
  });

  test('a session that is not there is passed over', async ({ store, commands, userId }) => {
    const record = newRecord({ userId, at });
    const command = commands.create(record, { replaces: [replaced(newRecord({ userId }))] });
    const expected = { status: 'created', record, ended: [], endedCount: 0, others: 0 };
    assert.deepEqual(await store.create(command), expected);
  });

  test('A37 a stale sign-in replaces nothing', async ({ store, commands, userId, signIn, read }) => {
    await store.revokeAll(commands.revokeAll(userId, start));
    const old = await signIn({ at: start + 1 });
    const stale = commands.create(newRecord({ userId, at, startedAt: start }), { replaces: [replaced(old)] });
    assertStatus(await store.create(stale), 'stale-sign-in');
    assert.deepEqual(await read(old.id), old);
  });
}

async function leavesAlone(
  { store, commands, userId, read }: Scene,
  old: SessionRecord,
  replacement: ReturnType<typeof replaced>,
): Promise<void> {
  const record = newRecord({ userId, at });
  const before = await historyOf(store, userId);
  const command = commands.create(record, { replaces: [replacement] });
  const outcome = await store.create(command);
  assertStatus(outcome, 'created');
  assert.deepEqual([outcome.record, outcome.ended], [record, []]);
  assert.deepEqual(await read(old.id), old);
  assert.deepEqual(await historyOf(store, userId), [command.audit, ...before]);
}
