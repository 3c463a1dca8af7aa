import assert from 'node:assert/strict';
import type { SessionRecord } from '../../domain/session-record';
import type { SessionStore } from '../session-store';
import { inParallel } from './in-parallel';
import { replaced } from './commands';
import { minute, newRecord, randomDigest, start } from './records';
import type { Test } from './scene';
import { historyOf } from './snapshot';
import { assertStatus } from './assertions';

/** Many of one kind at once: each counts, and one at most wins. */
export function parallelWrites(test: Test): void {
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
      node.create(commands.create(newRecord({ userId, at }), { replaces: [replaced(old)] })),
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
