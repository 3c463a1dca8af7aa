import assert from 'node:assert/strict';
import type { SessionRecord } from '../../domain/session-record';
import { replaced } from './commands';
import { everyWrite, type Sender, writeNames } from './every-write';
import { minute, newRecord, randomDigest, second, start } from './records';
import type { Scene, Test } from './scene';
import { type Snapshot, snapshot } from './snapshot';

/** A client that lost the connection sends again what it had sent: the first time must be the only one. */
export function resends(test: Test): void {
  for (const name of writeNames) {
    test(`${name}, sent twice, gives its first outcome and changes nothing more`, async (scene) => {
      const record = await scene.signInAndRotate();
      const send = everyWrite[name](scene.commands, record);
      const first = await send(scene.store);
      const after = await everything(scene, record);
      assert.deepEqual(await send(scene.other), first);
      assert.deepEqual(await send(scene.store), first);
      assert.deepEqual(await everything(scene, record), after);
    });

    test(`${name}, sent twice with other writes between, changes nothing more`, async (scene) => {
      const record = await scene.signInAndRotate();
      const send = everyWrite[name](scene.commands, record);
      const first = await send(scene.store);
      await otherWrites(scene, record);
      const after = await everything(scene, record);
      assert.deepEqual(gist(await send(scene.other)), gist(first));
      assert.deepEqual(await everything(scene, record), after);
    });

    test(`${name} and another one, both sent twice in order, change nothing more`, async (scene) => {
      const record = await scene.signInAndRotate();
      const one = everyWrite[name](scene.commands, record);
      const first = await one(scene.store);
      const other = everyWrite[name](scene.commands, await scene.read(record.id));
      const second = await other(scene.store);
      const after = await everything(scene, record);
      const again = gist(await one(scene.other));
      // a record keeps the nonce of its last rotation only
      assert.deepEqual(again, name === 'a rotation' ? { ...gist(first), status: 'unchanged' } : gist(first));
      assert.deepEqual(gist(await other(scene.other)), gist(second));
      assert.deepEqual(await everything(scene, record), after);
    });

    test(`B22 ${name}, sent again after every session was ended, brings nothing back`, async (scene) => {
      const { store, commands, userId } = scene;
      const record = await scene.signInAndRotate();
      const send = everyWrite[name](commands, record);
      await send(store);
      await store.revokeAll(commands.revokeAll(userId, start + minute));
      const after = await everything(scene, record);
      assert.deepEqual(after.active, []);
      await send(scene.other);
      assert.deepEqual(await everything(scene, record), after);
    });
  }

  test('a sign-in that found nothing to replace, sent again, says so again', async (scene) => {
    const { store, other, commands, userId, signIn } = scene;
    const at = start + second;
    const [alive, ended] = [await signIn(), await signIn()];
    await store.revoke(commands.revoke(ended));
    const replaces = [replaced(newRecord({ userId })), replaced(alive, randomDigest()), replaced(ended)];
    const create = commands.create(newRecord({ userId, at }), { replaces });
    const first = await store.create(create);
    const after = await everything(scene, alive);
    assert.deepEqual(await other.create(create), first);
    assert.deepEqual(await everything(scene, alive), after);
  });

  test('the first of four revoke-alls, sent again, changes nothing more', async (scene) => {
    const { store, other, commands, userId } = scene;
    const record = await scene.signIn();
    const first = commands.revokeAll(userId, start + second);
    const outcome = await store.revokeAll(first);
    await scene.signIn({ at: start + 2 * second });
    for (const at of [2, 3, 4]) await store.revokeAll(commands.revokeAll(userId, start + at * second));
    const after = await everything(scene, record);
    assert.deepEqual(await other.revokeAll(first), outcome);
    assert.deepEqual(await everything(scene, record), after);
  });

  test('a touch, sent twice, changes nothing more', async (scene) => {
    const record = await scene.signInAndRotate();
    const touch = scene.commands.touch(record, { confirm: 1 });
    assert.deepEqual(await scene.store.touch(touch), { status: 'touched' });
    const after = await everything(scene, record);
    assert.deepEqual(await scene.other.touch(touch), { status: 'touched' });
    assert.deepEqual(await everything(scene, record), after);
  });

  test('a write that was refused is refused again', async (scene) => {
    const { store, other, commands } = scene;
    const record = await scene.signInAndRotate();
    const amend = commands.amend(record, { version: 7 });
    const repeat = commands.repeat(record, { generation: 7 });
    const rotate = commands.rotate(record, { generation: 0 });
    const retire = commands.retire(record, 'access', { digest: randomDigest() });
    const refused: Sender[] = [
      (node) => node.amend(amend),
      (node) => node.repeat(repeat),
      (node) => node.rotate(rotate),
      (node) => node.retire(retire),
    ];
    const before = await everything(scene, record);
    for (const send of refused) assert.deepEqual(await send(other), await send(store));
    assert.deepEqual(await everything(scene, record), before);
  });
}

/** As many other writes as a session remembers besides the first, and what does not count as one. */
async function otherWrites({ store, commands, userId, signIn, read }: Scene, record: SessionRecord): Promise<void> {
  const fresh = await read(record.id);
  await store.amend(commands.amend(fresh, { trusted: true }));
  await store.retire(commands.retire(fresh, 'access'));
  await store.amend(commands.amend(fresh, { trusted: false, version: fresh.version + 1 }));
  await store.touch(commands.touch(fresh));
  await store.revoke(commands.revoke(await signIn({ at: start + minute })));
  await signIn({ at: start + minute });
  await store.setLimit(commands.setLimit(userId, 1));
}

function everything({ store, userId }: Scene, { id }: SessionRecord): Promise<Snapshot> {
  return snapshot(store, userId, start + 2 * second, [id]);
}

/** What an outcome says besides the record, which shows the session as it is now. */
function gist(outcome: { readonly status: string }): Record<string, unknown> {
  const { status, count, stepUps, changed, ended, endedCount } = outcome as Record<string, unknown>;
  return { status, count, stepUps, changed, endedCount, ended: Array.isArray(ended) ? ended.length : undefined };
}
