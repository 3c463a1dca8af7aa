import assert from 'node:assert/strict';
import { assertStatus } from './assertions';
import { endedWith, ending } from './endings';
import { limits } from './limits';
import { minute, newRecord, start } from './records';
import type { Test } from './scene';
import { signInUnder } from './sign-ins';

const at = start + minute;
const two = limits({ user: 2 });

/** Signing in again on the same device, under a limit. */
export function replacingDevices(test: Test): void {
  test('what a sign-in replaces does not count: by its token, and by its device in the same application', async (scene) => {
    const { store, commands, userId } = scene;
    const one = limits({ user: 1 });
    const first = await scene.signIn({ deviceId: 'laptop' });
    const second = newRecord({ userId, at, deviceId: 'laptop' });
    const command = commands.create(second, { limits: one, replacesDevice: true });
    assert.deepEqual(await store.create(command), {
      status: 'created',
      record: second,
      ended: [{ ...first, data: {}, ending: ending(at, 'replaced') }],
      endedCount: 1,
      others: 0,
    });
    await endedWith(scene, command.replacing, [first.id]);
    const third = newRecord({ userId, at });
    const { accessDigest: digest } = second.credentials;
    const byToken = commands.create(third, { limits: one, replaces: [{ id: second.id, digest }] });
    assertStatus(await store.create(byToken), 'created');
    assert.deepEqual(await scene.active(at), [third.id]);
  });

  test('a session of its device that its token names as well ends once', async (scene) => {
    const { store, commands, userId } = scene;
    const old = await scene.signIn({ deviceId: 'laptop' });
    const replaces = [{ id: old.id, digest: old.credentials.accessDigest }];
    const command = commands.create(newRecord({ userId, at, deviceId: 'laptop' }), {
      limits: limits({ user: 1 }),
      replaces,
      replacesDevice: true,
    });
    const outcome = await store.create(command);
    assertStatus(outcome, 'created');
    assert.deepEqual(
      outcome.ended.map(({ id }) => id),
      [old.id],
    );
    await endedWith(scene, command.replacing, [old.id]);
  });

  test('another device, application or user keeps its session, and so does one of no known device', async (scene) => {
    const { store, commands, userId } = scene;
    const kept = [
      await scene.signIn({ deviceId: 'phone' }),
      await scene.signIn({ deviceId: 'laptop', applicationId: 'ios' }),
      await scene.signIn({ deviceId: null }),
    ];
    const stranger = await scene.signIn({ userId: `not ${userId}`, deviceId: 'laptop' });
    for (const deviceId of ['laptop', null]) {
      const record = newRecord({ userId, at, deviceId });
      const outcome = await store.create(
        commands.create(record, { limits: limits({ user: 9 }), replacesDevice: true }),
      );
      assertStatus(outcome, 'created');
      assert.deepEqual(outcome.ended, []);
      kept.push(record);
    }
    assert.deepEqual(new Set(await scene.active(at)), new Set(kept.map(({ id }) => id)));
    assert.deepEqual(await store.find(stranger.id), stranger);
  });

  test('without a limit that counts it, or untold, a sign-in leaves the sessions of its device alone', async (scene) => {
    const wanted = { deviceId: 'laptop' };
    await scene.signIn(wanted);
    const elsewhere = limits({ applications: { ios: 1 }, deviceTypes: { phone: 1 } });
    assertStatus(await signInUnder(scene, elsewhere, wanted, { replacesDevice: true }), 'created');
    assertStatus(await signInUnder(scene, { user: 9 }, wanted, { replacesDevice: false }), 'created');
    assert.equal((await scene.active(at)).length, 3);
  });

  test('an amendment that names another device and type counts for those', async (scene) => {
    const { store, commands } = scene;
    const old = await scene.signIn({ deviceId: 'tablet', type: 'tablet' });
    const device = { ...old.profile.device, type: 'phone' as const };
    await store.amend(commands.amend(old, { profile: { ...old.profile, deviceId: 'phone', device } }));
    const phones = { deviceTypes: { phone: 1 } };
    const stranger = { deviceId: 'tablet', type: 'phone' } as const;
    assertStatus(await signInUnder(scene, phones, stranger, { replacesDevice: true }), 'limit-reached');
    const same = { deviceId: 'phone', type: 'phone' } as const;
    const outcome = await signInUnder(scene, phones, same, { replacesDevice: true });
    assertStatus(outcome, 'created');
    assert.deepEqual(
      outcome.ended.map(({ id }) => id),
      [old.id],
    );
  });

  test('a refused sign-in replaces nothing', async (scene) => {
    const old = await scene.signIn({ deviceId: 'laptop', applicationId: 'web' });
    for (let count = 0; count < 2; count++) await scene.signIn();
    const replaces = [{ id: old.id, digest: old.credentials.accessDigest }];
    const outcome = await signInUnder(scene, two, { deviceId: 'laptop' }, { replaces, replacesDevice: true });
    assertStatus(outcome, 'limit-reached');
    assert.equal(outcome.records.length, 2);
    assert.deepEqual(await scene.read(old.id), old);
  });
}
