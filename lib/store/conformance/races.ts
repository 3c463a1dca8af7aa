import assert from 'node:assert/strict';
import type { SessionRecord } from '../../domain/session-record';
import type { SessionStore } from '../session-store';
import { newKeys, replaced } from './commands';
import { minute, newRecord, randomDigest, second, start } from './records';
import type { Scene, Test } from './scene';
import { historyOf } from './snapshot';
import { assertStatus } from './assertions';

const rounds = 10;

export function races(test: Test): void {
  test('A25 B20 a hundred parallel rotations have one successor', async (scene) => {
    const { commands, read } = scene;
    const record = await scene.signIn();
    const outcomes = await inParallel(scene, 100, (store) => store.rotate(commands.rotate(record)));
    const successor = await read(record.id);
    assert.equal(successor.credentials.generation, 1);
    assert.equal(outcomes.filter(({ status }) => status === 'rotated').length, 1);
    for (const outcome of outcomes) {
      assert.ok(outcome.status === 'rotated' || outcome.status === 'unchanged');
      assert.deepEqual(outcome.record, successor, 'losers see what the winner wrote');
    }
  });

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
    await store.revokeAll(commands.revokeAll(userId, start + minute));
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

  test('parallel amendments: one is made, the others see it, and none is lost', async (scene) => {
    const { commands, read } = scene;
    const record = await scene.signIn({ data: {} });
    const first = await inParallel(scene, 8, (node) => node.amend(commands.amend(record, { trusted: true })));
    assert.equal(first.filter(({ status }) => status === 'amended').length, 1);
    const fresh = await read(record.id);
    for (const outcome of first) assert.deepEqual('record' in outcome && outcome.record, fresh);

    await inParallel(scene, 8, async (node, index) => {
      for (let seen: SessionRecord = fresh; ;) {
        const data = { ...seen.data, [`key${index}`]: index };
        const outcome = await node.amend(commands.amend(seen, { data }));
        if (outcome.status === 'amended') return;
        assertStatus(outcome, 'conflict');
        seen = outcome.record;
      }
    });
    const { data, version } = await read(record.id);
    assert.equal(version, 9);
    assert.deepEqual(
      Object.keys(data).sort(),
      [0, 1, 2, 3, 4, 5, 6, 7].map((index) => `key${index}`),
    );
  });

  test('A31 of parallel revocations one ends the session, and the history says it once', async (scene) => {
    const record = await scene.signIn();
    const outcomes = await inParallel(scene, 8, (node) => node.revoke(scene.commands.revoke(record)));
    const changed = outcomes.filter((outcome) => outcome.status === 'ended' && outcome.changed);
    assert.equal(changed.length, 1);
    assert.equal((await historyOf(scene.store, scene.userId)).length, 2);
  });

  test('parallel revoke-alls end each session once', async (scene) => {
    const { commands, userId } = scene;
    for (let count = 0; count < 7; count++) await scene.signIn();
    const all = (node: SessionStore) => node.revokeAll(commands.revokeAll(userId, start + minute));
    const outcomes = await inParallel(scene, 4, all);
    const total = outcomes.reduce((sum, { count }) => sum + count, 0);
    assert.equal(total, 7);
  });

  test('of parallel sign-ins that replace one session, one ends it', async (scene) => {
    const { commands, userId } = scene;
    const old = await scene.signIn();
    const at = start + minute;
    const outcomes = await inParallel(scene, 8, (node) =>
      node.create(commands.create(newRecord({ userId, at }), { replaces: [replaced(old, at)] })),
    );
    const ended = outcomes.flatMap((outcome) => (outcome.status === 'created' ? outcome.ended : []));
    assert.equal(ended.length, 1);
    assert.equal((await scene.active(at)).length, 8);
  });

  test('A26 parallel repeats are all counted, and the history says it once', async (scene) => {
    const { commands, read, userId } = scene;
    const record = await scene.signInAndRotate();
    await inParallel(scene, 10, (node) => node.repeat(commands.repeat(record)));
    assert.equal((await read(record.id)).credentials.repeats, 10);
    assert.equal((await historyOf(scene.store, userId)).length, 2);
  });

  test('A29 a thousand guesses leave the session as it was', async (scene) => {
    const record = await scene.signIn();
    const guess = (node: SessionStore) => node.rotate(scene.commands.rotate(record, { presented: randomDigest() }));
    for (let round = 0; round < 20; round++) {
      const outcomes = await inParallel(scene, 50, guess);
      assert.ok(outcomes.every(({ status }) => status === 'unchanged'));
    }
    assert.deepEqual(await scene.read(record.id), record);
  });
}

/** Half of them on each node. */
function inParallel<Outcome>(
  { store, other }: Scene,
  count: number,
  run: (node: SessionStore, index: number) => Promise<Outcome>,
): Promise<Outcome[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => run(index % 2 === 0 ? store : other, index)));
}
