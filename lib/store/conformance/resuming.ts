import assert from 'node:assert/strict';
import type { SessionId } from '../../domain/session-id';
import type { SessionRecord } from '../../domain/session-record';
import type { OneTimeId } from '../../domain/slotted-id';
import type { Create } from '../creation';
import type { OneTime } from '../one-times';
import { assertStatus, assertUnavailable } from './assertions';
import { endedWith, ending } from './endings';
import { inParallel } from './in-parallel';
import { limits, newOneTime, onReached } from './limits';
import { minute, neighbourOf, newRecord, second, start } from './records';
import type { Scene, Test } from './scene';
import { historyOf, snapshot } from './snapshot';

const at = start + minute;

/** A sign-in that was refused for want of room, and goes on with the session that its user chose to end. */
export function resuming(test: Test): void {
  test('A24 it ends the session that was named and signs in, in one step, and its token is spent', async (scene) => {
    const { store, other, userId } = scene;
    const { oneTime, first, second } = await refused(scene);
    const command = resumption(scene, oneTime.id, first.id);
    const tombstone = { ...first, data: {}, ending: ending(at, 'evicted') };
    const { record } = command;
    const expected = { status: 'created', record, ended: [tombstone], endedCount: 1, others: 1 };
    assert.deepEqual(await other.create(command), expected);
    assert.deepEqual(await store.find(first.id), tombstone);
    assert.deepEqual(new Set(await scene.active(at)), new Set([second.id, record.id]));
    assert.equal(await other.findOneTime(oneTime.id), undefined);
    await endedWith(scene, command.evicting, [first.id]);
    assert.deepEqual((await historyOf(store, userId))[0], command.audit);
  });

  test('A7 a token that was spent, or never was, opens nothing', async (scene) => {
    const { store, userId } = scene;
    const { oneTime, first, second } = await refused(scene);
    assertStatus(await store.create(resumption(scene, oneTime.id, first.id)), 'created');
    const before = await snapshot(store, userId, at, [second.id]);
    for (const id of [oneTime.id, newOneTime(userId).id]) {
      assert.deepEqual(await store.create(resumption(scene, id, second.id)), { status: 'spent' });
    }
    assert.deepEqual(await snapshot(store, userId, at, [second.id]), before);
  });

  test('A7 a token opens until its last millisecond, and nothing after', async (scene) => {
    const { store, userId } = scene;
    const { oneTime, first, second } = await refused(scene);
    const late = resumption(scene, oneTime.id, first.id, oneTime.expiresAt);
    const before = await snapshot(store, userId, at, [first.id, second.id]);
    assert.deepEqual(await store.create(late), { status: 'spent' });
    assert.deepEqual(await snapshot(store, userId, at, [first.id, second.id]), before);
    const last = resumption(scene, oneTime.id, first.id, oneTime.expiresAt - 1);
    assertStatus(await store.create(last), 'created');
  });

  test('C-IDOR a session of nobody, or of another user, is no target: nothing ends, and the token stays', async (scene) => {
    const { store, userId } = scene;
    const { oneTime, first } = await refused(scene);
    const stranger = await scene.signIn({ userId: `not ${userId}` });
    const neighbour = await scene.signIn({ userId: neighbourOf(userId) });
    const before = await snapshot(store, userId, at, [first.id]);
    for (const { id } of [stranger, neighbour, newRecord({ userId })]) {
      assert.deepEqual(await store.create(resumption(scene, oneTime.id, id)), { status: 'unknown-target' });
    }
    assert.deepEqual(await snapshot(store, userId, at, [first.id]), before);
    assert.deepEqual(await store.find(stranger.id), stranger);
    assert.deepEqual(await store.find(neighbour.id), neighbour);
    assertStatus(await store.create(resumption(scene, oneTime.id, first.id)), 'created');
  });

  test('A37 one that began before the epoch is stale: nothing ends, and the token stays', async (scene) => {
    const { store, commands, userId } = scene;
    const { oneTime } = await refused(scene);
    await store.revokeAll(commands.revokeAll(userId, start + 1));
    const alive = await scene.signIn({ at: start + 2 });
    const stale = resumption(scene, oneTime.id, alive.id, at, start);
    assert.deepEqual(await store.create(stale), { status: 'stale-sign-in' });
    assert.deepEqual(await scene.read(alive.id), alive);
    assert.deepEqual(await store.findOneTime(oneTime.id), oneTime);
    assert.deepEqual(
      await store.create({ ...stale, consumes: { oneTime: newOneTime(userId).id, ends: alive.id } }),
      {
        status: 'spent',
      },
    );
  });

  test('a target that ended or ran out meanwhile leaves room as it is', async (scene) => {
    const { store, commands } = scene;
    for (const over of ['ended', 'expired'] as const) {
      const { oneTime, first } = await refused(scene, {
        access: second,
        refresh: over === 'expired' ? minute : 60 * minute,
      });
      if (over === 'ended') await store.revoke(commands.revoke(first));
      const before = await scene.read(first.id);
      const outcome = await store.create(resumption(scene, oneTime.id, first.id));
      assertStatus(outcome, 'created');
      assert.deepEqual(outcome.ended, []);
      assert.deepEqual(await scene.read(first.id), before);
      await store.revokeAll(commands.revokeAll(scene.userId, at, { epoch: null }));
    }
  });

  test('where ending the one named is not enough it has ended, the token stays, and another can be named', async (scene) => {
    const { store, userId } = scene;
    const { oneTime, first, second } = await refused(scene);
    const third = await scene.signIn({ at: start + 2 });
    const command = { ...resumption(scene, oneTime.id, first.id), onReached: onReached(newOneTime(userId), at) };
    const tombstone = { ...first, data: {}, ending: ending(at, 'evicted') };
    const reached = {
      status: 'limit-reached',
      limit: { per: 'user', max: 2 },
      records: [third, second],
      ended: [tombstone],
    };
    assert.deepEqual(await store.create(command), reached);
    assert.deepEqual(await store.find(first.id), tombstone);
    assert.equal(await store.find(command.record.id), undefined);
    assert.deepEqual(await store.findOneTime(oneTime.id), oneTime);
    assert.equal(await store.findOneTime(command.onReached.oneTime.id), undefined);
    await endedWith(scene, command.evicting, [first.id]);
    assertStatus(await store.create(resumption(scene, oneTime.id, second.id)), 'created');
    assert.equal(await store.findOneTime(oneTime.id), undefined);
  });

  test('one that does not help is told so again, however often it is sent', async (scene) => {
    const { store, other } = scene;
    const { oneTime, first } = await refused(scene);
    await scene.signIn({ at: start + 2 });
    const command = resumption(scene, oneTime.id, first.id);
    const outcome = await store.create(command);
    assertStatus(outcome, 'limit-reached');
    const after = await snapshot(store, scene.userId, at, [first.id]);
    assert.deepEqual(await other.create(command), outcome);
    assert.deepEqual(await snapshot(store, scene.userId, at, [first.id]), after);
    const again = await store.create(resumption(scene, oneTime.id, first.id));
    assertStatus(again, 'limit-reached');
    assert.deepEqual(again.ended, [], 'another sign-in has not ended it');
  });

  test('sent twice, it gives its first outcome, and its token stays spent', async (scene) => {
    const { store, other, userId } = scene;
    const { oneTime, first } = await refused(scene);
    const command = resumption(scene, oneTime.id, first.id);
    const outcome = await store.create(command);
    assertStatus(outcome, 'created');
    const after = await snapshot(store, userId, at, [first.id, command.record.id]);
    assert.deepEqual(await other.create(command), outcome);
    assert.deepEqual(await snapshot(store, userId, at, [first.id, command.record.id]), after);
    assert.equal(await store.findOneTime(oneTime.id), undefined);
  });

  test('A79 one that comes after its caller gave up ends nothing and spends nothing', async (scene) => {
    const { store, tooLate } = scene;
    const { oneTime, first } = await refused(scene);
    const { notAfter } = tooLate.create(newRecord({ userId: scene.userId }));
    await assertUnavailable(store.create({ ...resumption(scene, oneTime.id, first.id), notAfter }));
    assert.deepEqual(await scene.read(first.id), first);
    assert.deepEqual(await store.findOneTime(oneTime.id), oneTime);
  });

  test('A7 of a hundred parallel resumptions with one token, one signs in and one session ends', async (scene) => {
    const { oneTime, first, second } = await refused(scene);
    const outcomes = await inParallel(scene, 100, (node, index) =>
      node.create(resumption(scene, oneTime.id, index % 3 === 0 ? first.id : second.id)),
    );
    assert.equal(outcomes.filter(({ status }) => status === 'created').length, 1);
    assert.equal(outcomes.filter(({ status }) => status === 'spent').length, 99);
    assert.equal((await scene.active(at)).length, 2);
    const ends = await Promise.all([first, second].map(({ id }) => scene.read(id)));
    assert.equal(ends.filter((record) => record.ending).length, 1);
  });
}

interface Refused {
  readonly oneTime: OneTime;
  readonly first: SessionRecord;
  readonly second: SessionRecord;
}

/** A user with the two sessions that they may have, and what a third sign-in left when it was refused. */
async function refused(scene: Scene, wanted: Parameters<Scene['signIn']>[0] = {}): Promise<Refused> {
  const { store, commands, userId } = scene;
  const [first, second] = [await scene.signIn(wanted), await scene.signIn({ at: start + 1 })];
  const oneTime = newOneTime(userId);
  const given = { limits: limits({ user: 2 }), onReached: onReached(oneTime, start + 1) };
  const command = commands.create(newRecord({ userId, at: start + 1 }), given);
  assertStatus(await store.create(command), 'limit-reached');
  return { oneTime, first, second };
}

function resumption(
  { commands, userId }: Scene,
  oneTime: OneTimeId,
  ends: SessionId,
  when = at,
  startedAt = when,
): Create {
  const record = newRecord({ userId, at: when, startedAt });
  return commands.create(record, { limits: limits({ user: 2 }), consumes: { oneTime, ends } });
}
