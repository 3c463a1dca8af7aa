import assert from 'node:assert/strict';
import { userKey } from '../../domain/session-id';
import type { SessionRecord } from '../../domain/session-record';
import { retention } from '../retention';
import { assertStatus, assertUnavailable, present } from './assertions';
import { endedWith, ending } from './endings';
import { inParallel } from './in-parallel';
import { evict, limits, noLimits } from './limits';
import { minute, newRecord, second, start } from './records';
import type { Test } from './scene';
import { signIns } from './sign-ins';
import { historyOf, listed, snapshot } from './snapshot';

const at = start + 10 * minute;

export function trimming(test: Test): void {
  test('A41 it ends the oldest beyond the limit, in one step, each with its entry', async (scene) => {
    const { store, other, commands, userId } = scene;
    const [first, second, third] = await signIns(scene, 3);
    const command = commands.trim(userId, at, limits({ user: 1 }));
    const outcome = await store.trim(command);
    const tombstones = [first, second].map((record) => ({ ...record, data: {}, ending: ending(at, 'evicted') }));
    assert.deepEqual(outcome, { status: 'trimmed', count: 2, durable: true });
    assert.deepEqual(byId(await listed(other, { userId, at, kind: 'ended' })), byId(tombstones as SessionRecord[]));
    assert.deepEqual(await scene.active(at), [present(third).id]);
    await endedWith(scene, command.evicting, [present(first).id, present(second).id]);
  });

  test('within the limits, without any, and for a user of whom nothing is known, it changes nothing', async (scene) => {
    const { store, commands, userId } = scene;
    await signIns(scene, 2);
    await scene.signIn({ access: second, refresh: minute });
    const before = await snapshot(store, userId, at);
    for (const rules of [noLimits, limits({ user: 2, application: 2, deviceTypes: { desktop: 2, phone: 1 } })]) {
      assert.deepEqual(await store.trim(commands.trim(userId, at, rules)), nothing);
    }
    assert.deepEqual(await snapshot(store, userId, at), before);
    assert.deepEqual(await store.trim(commands.trim(`not ${userId}`, at, limits({ user: 1 }))), nothing);
  });

  test('it goes by the order and by what is named first', async (scene) => {
    const { store, commands, userId } = scene;
    const [first, second, third] = await signIns(scene, 3);
    await store.touch(commands.touch(present(first), { at: start + minute }));
    const least = commands.trim(userId, at, limits({ user: 2 }), { evict: evict('least-recent') });
    assert.equal((await store.trim(least)).count, 1);
    assert.equal((await scene.read(present(second).id)).ending?.reason, 'evicted');
    const named = commands.trim(userId, at, limits({ user: 1 }), { evict: evict('oldest', [present(third).id]) });
    assert.equal((await store.trim(named)).count, 1);
    assert.deepEqual(await scene.active(at), [present(first).id]);
  });

  test('every application and device type is judged, and what ends for them counts for the user', async (scene) => {
    const { store, commands, userId } = scene;
    const places = [
      ...[
        ['web', 'desktop'],
        ['web', 'phone'],
        ['ios', 'phone'],
        ['ios', 'phone'],
        ['tv', 'tv'],
      ],
      ...[
        ['tv', 'tv'],
        ['tv', 'tv'],
        ['radio', 'other'],
      ],
    ] as [string, 'desktop' | 'phone' | 'tv' | 'other'][];
    const records: SessionRecord[] = [];
    for (const [index, [applicationId, type]] of places.entries()) {
      records.push(await scene.signIn({ applicationId, type, at: start + index }));
    }
    const rules = limits({ user: 5, application: 2, applications: { web: 1 }, deviceTypes: { phone: 2 } });
    const { count } = await store.trim(commands.trim(userId, at, rules));
    const ended = await listed(store, { userId, at, kind: 'ended' });
    // web needs one, phones one, the tv one; that leaves five
    assert.equal(count, 3);
    assert.deepEqual(
      new Set(ended.map(({ id }) => id)),
      new Set([0, 1, 4].map((index) => present(records[index]).id)),
    );
  });

  test('an application that is named has its own limit, lower or higher than the others', async (scene) => {
    const { store, commands, userId } = scene;
    const records: SessionRecord[] = [];
    for (const [index, applicationId] of ['web', 'web', 'web', 'ios', 'ios', 'ios', 'tv', 'tv', 'tv'].entries()) {
      records.push(await scene.signIn({ applicationId, at: start + index }));
    }
    const rules = limits({ application: 2, applications: { web: 1, ios: 3 } });
    await store.trim(commands.trim(userId, at, rules));
    const ended = await listed(store, { userId, at, kind: 'ended' });
    const expected = [0, 1, 6].map((index) => present(records[index]).id);
    assert.deepEqual(new Set(ended.map(({ id }) => id)), new Set(expected));
  });

  test('the dead do not count, and other users keep theirs', async (scene) => {
    const { store, commands, userId } = scene;
    await store.revoke(commands.revoke(await scene.signIn()));
    await scene.signIn({ access: second, refresh: minute });
    await scene.signIn();
    for (let count = 0; count < 2; count++) await scene.signIn({ userId: `not ${userId}` });
    assert.deepEqual(await store.trim(commands.trim(userId, at, limits({ user: 1 }))), nothing);
  });

  test('A61 of many, the last to go leave tombstones and entries, as many as are remembered, and the others their count', async (scene) => {
    const { store, commands, userId } = scene;
    const all = await signIns(scene, retention.tombstones + 4);
    const command = commands.trim(userId, at, limits({ user: 1 }));
    assert.equal((await store.trim(command)).count, all.length - 1);
    assert.equal((await listed(store, { userId, at, kind: 'ended' })).length, retention.tombstones);
    await endedWith(
      scene,
      command.evicting,
      all.slice(-retention.tombstones - 1, -1).map(({ id }) => id),
      3,
    );
    assert.deepEqual(await scene.active(at), [present(all.at(-1)).id]);
    assert.deepEqual(await listed(store, { userId, at, kind: 'expired' }), []);
  });

  test('sent twice, it gives its first outcome, and ends nobody who came between', async (scene) => {
    const { store, other, commands, userId } = scene;
    await signIns(scene, retention.tombstones + 4);
    const command = commands.trim(userId, at, limits({ user: 2 }));
    const first = await store.trim(command);
    assert.deepEqual(await other.trim(command), first);
    await scene.signIn({ at });
    const after = await snapshot(store, userId, at);
    assert.deepEqual(await other.trim(command), first);
    assert.deepEqual(await snapshot(store, userId, at), after);
  });

  test('A37 it leaves the epoch as it is', async (scene) => {
    const { store, commands, userId } = scene;
    await store.revokeAll(commands.revokeAll(userId, start - 1));
    await signIns(scene, 2);
    await store.trim(commands.trim(userId, at, limits({ user: 1 })));
    assertStatus(await store.create(commands.create(newRecord({ userId, startedAt: start }))), 'created');
    assertStatus(await store.create(commands.create(newRecord({ userId, startedAt: start - 1 }))), 'stale-sign-in');
  });

  test('A79 one that comes after its caller gave up ends nobody', async (scene) => {
    const { store, tooLate, userId } = scene;
    await signIns(scene, 2);
    await assertUnavailable(store.trim(tooLate.trim(userId, at, limits({ user: 1 }))));
    assert.equal((await scene.active(at)).length, 2);
    assert.equal((await historyOf(store, userId)).length, 2);
  });

  test('parallel ones end each session once, and no more than they must', async (scene) => {
    const { commands, userId } = scene;
    await signIns(scene, 12);
    const outcomes = await inParallel(scene, 6, (node, index) =>
      node.trim(commands.trim(userId, at, limits({ user: 3 + (index % 2) }))),
    );
    assert.equal(
      outcomes.reduce((sum, { count }) => sum + count, 0),
      9,
    );
    assert.equal((await scene.active(at)).length, 3);
    assert.equal(
      (await scene.store.history({ user: userKey(userId), at: start, after: null, limit: 50 })).entries.length,
      21,
    );
  });
}

const nothing = { status: 'trimmed', count: 0, durable: true };

function byId(records: readonly SessionRecord[]): SessionRecord[] {
  return [...records].sort((one, other) => (one.id < other.id ? -1 : 1));
}
