import assert from 'node:assert/strict';
import type { SessionRecord } from '../../domain/session-record';
import { retention } from '../retention';
import { assertStatus, present } from './assertions';
import { endedWith } from './endings';
import { evict, limits } from './limits';
import { minute, newRecord, start } from './records';
import type { Test } from './scene';
import { signIns } from './sign-ins';
import { listed, snapshot } from './snapshot';

const at = start + 10 * minute;

/** More sessions that make room at once than leave tombstones. */
export function evictingMany(test: Test): void {
  test('A61 of many who go at once, as many leave a tombstone and an entry as are remembered, and the others their count', async (scene) => {
    const { store, commands, userId } = scene;
    const all = await signIns(scene, retention.tombstones + 5);
    const named = present(all[1]);
    const replaces = [{ id: named.id, digest: named.credentials.accessDigest }];
    const command = commands.create(newRecord({ userId, at }), {
      limits: limits({ user: 2 }),
      evict: evict('oldest'),
      replaces,
    });
    const outcome = await store.create(command);
    assertStatus(outcome, 'created');
    assert.deepEqual([outcome.ended.length, outcome.others], [retention.tombstones, 1]);
    assert.equal(outcome.endedCount, retention.tombstones + 4);
    assert.ok(
      outcome.ended.some(({ id }) => id === named.id),
      'what was named leaves one',
    );
    const evicted = outcome.ended.filter(({ id }) => id !== named.id).map(({ id }) => id);
    await endedWith(scene, command.evicting, evicted, 4);
    await endedWith(scene, command.replacing, [named.id]);
    const found = await Promise.all(all.map(({ id }) => store.find(id)));
    assert.equal(found.filter((record) => record?.ending).length, retention.tombstones);
    assert.equal(found.filter((record) => record === undefined).length, 4);
    assert.deepEqual(await listed(store, { userId, at, kind: 'expired' }), []);
  });

  test('A61 one that made many go, sent again, tells their number again and leaves no second entry', async (scene) => {
    const { store, other, commands, userId } = scene;
    await signIns(scene, retention.tombstones + 5);
    const command = commands.create(newRecord({ userId, at }), {
      limits: limits({ user: 1 }),
      evict: evict('oldest'),
    });
    const outcome = await store.create(command);
    assertStatus(outcome, 'created');
    assert.equal(outcome.endedCount, retention.tombstones + 5);
    const after = await snapshot(store, userId, at);
    const again = await other.create(command);
    assertStatus(again, 'created');
    assert.deepEqual([again.endedCount, byId(again.ended)], [outcome.endedCount, byId(outcome.ended)]);
    assert.deepEqual(await snapshot(store, userId, at), after);
  });

  test('A61 of many that one device had, those it replaces without a tombstone leave their count as replaced', async (scene) => {
    const { store, commands, userId } = scene;
    const deviceId = 'laptop';
    for (let index = 0; index < retention.tombstones + 2; index++)
      await scene.signIn({ at: start + index, deviceId });
    await scene.signIn({ at: start - 1 });
    const command = commands.create(newRecord({ userId, at, deviceId }), {
      limits: limits({ user: 1 }),
      evict: evict('oldest'),
      replacesDevice: true,
    });
    const outcome = await store.create(command);
    assertStatus(outcome, 'created');
    assert.deepEqual([outcome.ended.length, outcome.endedCount], [retention.tombstones, retention.tombstones + 3]);
    await endedWith(scene, command.evicting, [], 1);
    await endedWith(
      scene,
      command.replacing,
      outcome.ended.map(({ id }) => id),
      2,
    );
  });
}

function byId(records: readonly SessionRecord[]): SessionRecord[] {
  return [...records].sort((one, other) => (one.id < other.id ? -1 : 1));
}
