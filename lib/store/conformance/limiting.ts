import assert from 'node:assert/strict';
import type { SessionRecord } from '../../domain/session-record';
import { assertStatus } from './assertions';
import { inParallel } from './in-parallel';
import { limits, newOneTime, noLimits, onReached } from './limits';
import { minute, type NewRecord, newRecord, second, start } from './records';
import type { Scene, Test } from './scene';
import { signInUnder } from './sign-ins';
import { snapshot } from './snapshot';

const at = start + minute;
const two = limits({ user: 2 });

export function limiting(test: Test): void {
  test('A39 up to the limit sign-ins are stored; the next is refused with what is there, and leaves nothing', async (scene) => {
    const { store, other, commands, userId } = scene;
    const first = await stored(scene, { at: start });
    const second = await stored(scene, { at: start + 1 });
    const before = await snapshot(other, userId, at, [first.id, second.id]);
    const record = newRecord({ userId, at });
    assert.deepEqual(await store.create(commands.create(record, { limits: two })), {
      status: 'limit-reached',
      limit: { per: 'user', max: 2 },
      records: [second, first],
      ended: [],
    });
    assert.equal(await store.find(record.id), undefined);
    assert.deepEqual(await snapshot(other, userId, at, [first.id, second.id]), before);
  });

  test('a sign-in tells how many others there are, with a limit and without', async (scene) => {
    for (const [index, rules] of [noLimits, limits({ user: 9 }), noLimits].entries()) {
      const outcome = await signInUnder(scene, rules);
      assertStatus(outcome, 'created');
      assert.equal(outcome.others, index);
    }
    await scene.signIn({ userId: `not ${scene.userId}` });
    await scene.store.revokeAll(scene.commands.revokeAll(scene.userId, at));
    const outcome = await signInUnder(scene, noLimits, { at: at + 1 });
    assertStatus(outcome, 'created');
    assert.equal(outcome.others, 0);
  });

  test('A40 the dead do not count: ended, run out, and those of another user', async (scene) => {
    const { store, commands, userId } = scene;
    await store.revoke(commands.revoke(await scene.signIn()));
    await scene.signIn({ access: second, refresh: minute });
    await scene.signIn({ refresh: 90 * minute, idle: minute });
    await scene.signIn({ userId: `not ${userId}` });
    const one = limits({ user: 1 });
    assertStatus(await signInUnder(scene, one), 'created');
    assertStatus(await signInUnder(scene, one), 'limit-reached');
    assert.equal((await scene.active(at)).length, 1);
  });

  test('A40 a session counts until the very millisecond of its end', async (scene) => {
    await scene.signIn({ access: second, refresh: minute });
    const one = limits({ user: 1 });
    assertStatus(await signInUnder(scene, one, { at: at - 1 }), 'limit-reached');
    assertStatus(await signInUnder(scene, one, { at }), 'created');
  });

  test('each application has its own count: a named one its own limit, the others one each', async (scene) => {
    const rules = limits({ application: 1, applications: { web: 2, ios: 3 } });
    for (const [applicationId, max] of [
      ['web', 2],
      ['ios', 3],
      ['tv', 1],
      ['__proto__', 1],
      ['web:', 1],
      ['', 1],
    ] as const) {
      for (let count = 0; count < max; count++)
        assertStatus(await signInUnder(scene, rules, { applicationId }), 'created');
      const outcome = await signInUnder(scene, rules, { applicationId });
      assertStatus(outcome, 'limit-reached');
      assert.deepEqual(outcome.limit, { per: 'application', max });
      assert.equal(outcome.records.length, max);
      assert.ok(outcome.records.every((record) => record.applicationId === applicationId));
    }
  });

  test('each device type has its own count, and one without a limit has none', async (scene) => {
    const rules = limits({ deviceTypes: { phone: 1, desktop: 2 } });
    for (const type of ['desktop', 'phone', 'desktop', 'tablet', 'tablet', 'tablet'] as const) {
      assertStatus(await signInUnder(scene, rules, { type }), 'created');
    }
    const phone = await signInUnder(scene, rules, { type: 'phone' });
    assertStatus(phone, 'limit-reached');
    assert.deepEqual([phone.limit, phone.records.length], [{ per: 'device-type', max: 1 }, 1]);
    const desktop = await signInUnder(scene, rules, { type: 'desktop' });
    assertStatus(desktop, 'limit-reached');
    assert.deepEqual([desktop.limit, desktop.records.length], [{ per: 'device-type', max: 2 }, 2]);
  });

  test('of several limits that are reached the narrowest is told: device type, application, then user', async (scene) => {
    const all = { user: 1, application: 1, deviceTypes: { phone: 1 } };
    await scene.signIn({ type: 'phone' });
    for (const [rules, per] of [
      [all, 'device-type'],
      [{ ...all, deviceTypes: {} }, 'application'],
      [{ ...all, deviceTypes: { phone: 2 }, application: 2 }, 'user'],
    ] as const) {
      const outcome = await signInUnder(scene, rules, { type: 'phone' });
      assertStatus(outcome, 'limit-reached');
      assert.deepEqual(outcome.limit, { per, max: 1 });
    }
  });

  test('a limit that does not count this session does not hinder it', async (scene) => {
    for (let count = 0; count < 3; count++) await scene.signIn({ type: 'phone', applicationId: 'ios' });
    const rules = limits({ applications: { ios: 1 }, deviceTypes: { phone: 1 } });
    assertStatus(await signInUnder(scene, rules, { type: 'desktop', applicationId: 'web' }), 'created');
  });

  test('A37 a stale sign-in is stale, and not told of the limit', async (scene) => {
    const { store, commands, userId } = scene;
    await scene.signIn({ at: start + 2, startedAt: start + 2 });
    await store.revokeAll(commands.revokeAll(userId, start + 1));
    assertStatus(await signInUnder(scene, { user: 1 }, { startedAt: start }), 'stale-sign-in');
  });

  test('A40 B21 of two hundred parallel sign-ins at a limit of three, three are stored and 197 refused', async (scene) => {
    const { commands, userId } = scene;
    const given = () => ({ limits: limits({ user: 3 }), onReached: onReached(newOneTime(userId), at) });
    const outcomes = await inParallel(scene, 200, (node) =>
      node.create(commands.create(newRecord({ userId, at }), given())),
    );
    assert.equal(outcomes.filter(({ status }) => status === 'limit-reached').length, 197);
    assert.equal(outcomes.filter(({ status }) => status === 'created').length, 3);
    assert.equal((await scene.active(at)).length, 3);
  });
}

async function stored(scene: Scene, wanted: Partial<NewRecord>): Promise<SessionRecord> {
  const outcome = await signInUnder(scene, two, wanted);
  assertStatus(outcome, 'created');
  return outcome.record;
}
