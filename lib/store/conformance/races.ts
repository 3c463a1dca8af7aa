import assert from 'node:assert/strict';
import type { SessionStore } from '../session-store';
import { inParallel } from './in-parallel';
import { newKeys } from './commands';
import { minute, newRecord, second, start } from './records';
import type { Test } from './scene';
import { assertStatus } from './assertions';

const rounds = 10;

/** Ends against beginnings and renewals: the end wins, whatever order they arrive in. */
export function races(test: Test): void {
  test('B22 A36 parallel rotations cannot bring back what is revoked meanwhile', async (scene) => {
    const { store, commands, read } = scene;
    for (let round = 0; round < rounds; round++) {
      const record = await scene.signIn();
      const rotations = inParallel(scene, 5, (node) => node.rotate(commands.rotate(record)));
      const revoking = scene.other.revoke(commands.revoke(record));
      await Promise.all([
        rotations,
        revoking,
        inParallel(scene, 5, (node) => node.rotate(commands.rotate(record))),
      ]);
      assertStatus(await revoking, 'ended');
      const tombstone = await read(record.id);
      assert.ok(tombstone.ending);
      assertStatus(await store.rotate(commands.rotate(tombstone)), 'unchanged');
    }
    assert.deepEqual(await scene.active(start + minute), []);
  });

  test('B22 A36 no write that was in flight brings a revoked session back', async (scene) => {
    const { store, other, commands, userId } = scene;
    const record = await scene.signInAndRotate();
    const soon = { at: record.lastSeenAt };
    await store.revoke(commands.revoke(record));
    const tombstone = await scene.read(record.id);
    const inFlight: ((node: SessionStore) => Promise<{ readonly status: string }>)[] = [
      (node) => node.rotate(commands.rotate(record, soon)),
      (node) => node.touch(commands.touch(record, { ...soon, confirm: 1 })),
      (node) => node.repeat(commands.repeat(record, soon)),
      (node) => node.rekey(commands.rekey(record, soon)),
      (node) => node.amend(commands.amend(record, soon)),
      (node) => node.retire(commands.retire(record, 'access', soon)),
      (node) => node.retire(commands.retire(record, 'refresh', soon)),
      (node) => node.revokeAll(commands.revokeAll(userId, soon.at, { except: record.id, rekey: newKeys(record) })),
    ];
    for (const write of inFlight) await write(other);
    assert.deepEqual(await scene.read(record.id), tombstone);
    assert.deepEqual(await scene.active(soon.at), []);
  });

  test('A37 a revoke-all racing sign-ins leaves none that began before it', async (scene) => {
    const { store, commands, userId } = scene;
    for (let round = 1; round <= rounds; round++) {
      const epoch = start + round * minute;
      const attempt = { userId, at: epoch + second };
      const before = inParallel(scene, 5, (node) => signIn(node, { ...attempt, startedAt: epoch - second }));
      const after = inParallel(scene, 2, (node) => signIn(node, { ...attempt, startedAt: epoch + 1 }));
      const revoking = scene.other.revokeAll(commands.revokeAll(userId, epoch));
      const more = inParallel(scene, 5, (node) => signIn(node, { ...attempt, startedAt: epoch }));
      await Promise.all([before, after, revoking, more]);
      const left = await Promise.all((await scene.active(epoch + second)).map((id) => scene.read(id)));
      assert.deepEqual(
        left.map(({ startedAt }) => startedAt),
        [epoch + 1, epoch + 1],
      );
      await store.revokeAll(commands.revokeAll(userId, epoch + 2));
    }

    function signIn(node: SessionStore, wanted: Parameters<typeof newRecord>[0]): Promise<unknown> {
      return node.create(commands.create(newRecord(wanted)));
    }
  });

  test('A37 a rotation from before its deadline is no way around a revoke-all after it', async (scene) => {
    const { store, commands, userId } = scene;
    const record = await scene.signIn({ access: second, refresh: minute });
    const late = { at: start + minute, epoch: record.startedAt };
    await store.revokeAll(commands.revokeAll(userId, start + minute, late));
    const { status } = await store.rotate(commands.rotate(record, { at: start + minute - 1 }));
    assert.ok(status === 'outdated' || status === 'unchanged');
    const touch = commands.touch(record, { at: start + minute - 1 });
    assert.notEqual((await store.touch(touch)).status, 'touched');
  });

  test('a rotation racing a change of keys does not survive it', async (scene) => {
    const { commands, read } = scene;
    for (let round = 0; round < rounds; round++) {
      const record = await scene.signIn();
      const rekey = commands.rekey(record);
      const rekeying = scene.other.rekey(rekey);
      await Promise.all([inParallel(scene, 4, (node) => node.rotate(commands.rotate(record))), rekeying]);
      const { family, generation, parent } = (await read(record.id)).credentials;
      assert.deepEqual({ family, generation, parent }, { family: rekey.keys.family, generation: 0, parent: null });
    }
  });
}
