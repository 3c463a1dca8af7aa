import assert from 'node:assert/strict';
import { mintSessionId } from '../../domain/session-id';
import type { SessionRecord } from '../../domain/session-record';
import { assertStatus } from './assertions';
import { evict, limits, newOneTime, noLimits, onReached } from './limits';
import { minute, type NewRecord, newRecord, second, start } from './records';
import type { Scene, Test } from './scene';
import { signIns, signInUnder } from './sign-ins';

const at = start + minute;
const impersonator = {
  id: 'support-7',
  sessionId: mintSessionId('support-7'),
  reason: 'Ticket 4711: "refund" – \\u0000',
};

/** Sessions that an administrator uses in the user's place. */
export function impersonating(test: Test): void {
  test('A75 who it is, why, and on which device is kept through every change, and on the tombstone', async (scene) => {
    const { store, other, commands } = scene;
    for (const who of [impersonator, { ...impersonator, sessionId: null }]) {
      for (const type of ['desktop', 'phone', 'other'] as const) {
        const record = await impersonate(scene, { impersonator: who, type });
        assert.deepEqual(await other.find(record.id), record);
        await store.touch(commands.touch(record));
        const amended = await store.amend(commands.amend(await scene.read(record.id), { data: {} }));
        assertStatus(amended, 'amended');
        await store.revoke(commands.revoke(amended.record));
        const { profile } = await scene.read(record.id);
        assert.deepEqual([profile.impersonator, profile.device.type], [who, type]);
      }
    }
  });

  test('A39 they count for no limit, whichever it is', async (scene) => {
    for (let count = 0; count < 5; count++) await impersonate(scene, { deviceId: 'laptop' });
    for (const rules of [{ user: 1 }, { own: 1 }, { application: 1 }, { applications: { web: 1 } }]) {
      const created = await signInUnder(scene, rules);
      assertStatus(created, 'created');
      assert.equal(created.others, 0);
      assertStatus(await signInUnder(scene, rules), 'limit-reached');
      await scene.store.revoke(scene.commands.revoke(created.record));
    }
    assertStatus(await signInUnder(scene, { deviceTypes: { desktop: 1 } }), 'created');
    assertStatus(await signInUnder(scene, { deviceTypes: { desktop: 1 } }), 'limit-reached');
  });

  test('no limit hinders one, and none makes room for one', async (scene) => {
    const [first, last] = await signIns(scene, 2);
    const rules = { user: 1, application: 1, deviceTypes: { desktop: 1 } };
    for (const changes of [{}, { evict: evict('oldest') }, { replacesDevice: true }]) {
      const deviceId = first!.profile.deviceId;
      const outcome = await signInUnder(scene, rules, { impersonator, deviceId }, changes);
      assertStatus(outcome, 'created');
      assert.deepEqual([outcome.ended, outcome.endedCount, outcome.others], [[], 0, 2]);
    }
    assert.ok((await scene.active(at)).includes(first!.id) && (await scene.active(at)).includes(last!.id));
  });

  test('a sign-in that is sent again, and one without limits, count them among no others', async (scene) => {
    const { store, other, commands, userId } = scene;
    await impersonate(scene);
    const [one] = await signIns(scene, 1);
    const command = commands.create(newRecord({ userId, at }), { limits: noLimits });
    for (const node of [store, other]) {
      const outcome = await node.create(command);
      assertStatus(outcome, 'created');
      assert.equal(outcome.others, 1);
    }
    await store.revoke(commands.revoke(one!));
    const last = await signInUnder(scene, noLimits);
    assertStatus(last, 'created');
    assert.equal(last.others, 1);
  });

  test('A41 none of them is chosen to make room, even where it is named first', async (scene) => {
    const used = await impersonate(scene);
    const [oldest] = await signIns(scene, 2, start + second);
    const named = await signInUnder(scene, { user: 2 }, {}, { evict: evict('oldest', [used.id]) });
    assertStatus(named, 'created');
    assert.deepEqual(
      named.ended.map(({ id }) => id),
      [oldest!.id],
    );
    const least = await signInUnder(scene, { user: 1 }, {}, { evict: evict('least-recent') });
    assertStatus(least, 'created');
    assert.equal(least.endedCount, 2);
    assert.equal((await scene.read(used.id)).ending, null);
  });

  test('none of them is shown where a limit is reached, to the person or to the app', async (scene) => {
    const used = await impersonate(scene);
    const [one] = await signIns(scene, 1);
    for (const left of [null, onReached(newOneTime(scene.userId), at)]) {
      const outcome = await signInUnder(scene, { user: 1, application: 1 }, {}, { onReached: left });
      assertStatus(outcome, 'limit-reached');
      assert.deepEqual(
        outcome.records.map(({ id }) => id),
        [one!.id],
      );
    }
    assert.equal((await scene.read(used.id)).ending, null);
  });

  test('whoever is asked which session ends cannot name one, and may name another', async (scene) => {
    const used = await impersonate(scene);
    const [one] = await signIns(scene, 1);
    const oneTime = newOneTime(scene.userId);
    const rules = { user: 1 };
    assertStatus(await signInUnder(scene, rules, {}, { onReached: onReached(oneTime, at) }), 'limit-reached');
    const naming = ({ id }: SessionRecord) =>
      signInUnder(scene, rules, {}, { consumes: { oneTime: oneTime.id, ends: id } });
    assertStatus(await naming(used), 'unknown-target');
    assert.equal((await scene.read(used.id)).ending, null);
    assertStatus(await naming(one!), 'created');
  });

  test('the same device signs in beside one, which only its own token replaces', async (scene) => {
    const used = await impersonate(scene, { deviceId: 'laptop' });
    const device = { deviceId: 'laptop' };
    const beside = await signInUnder(scene, { user: 2 }, device, { replacesDevice: true });
    assertStatus(beside, 'created');
    assert.equal(beside.endedCount, 0);
    const replaces = [{ id: used.id, digest: used.credentials.accessDigest }];
    const over = await signInUnder(scene, { user: 2 }, {}, { replaces });
    assertStatus(over, 'created');
    assert.deepEqual(
      over.ended.map(({ id }) => id),
      [used.id],
    );
  });

  test('trimming neither counts nor ends them', async (scene) => {
    const { store, commands, userId } = scene;
    const used = [await impersonate(scene), await impersonate(scene)];
    const [first, last] = await signIns(scene, 2);
    const rules = limits({ user: 2, application: 2, deviceTypes: { desktop: 2 } });
    const order = { evict: evict('oldest', [used[0]!.id]) };
    assert.equal((await store.trim(commands.trim(userId, at, rules, order))).count, 0);
    assert.equal((await store.trim(commands.trim(userId, at, limits({ user: 1 }), order))).count, 1);
    const active = await scene.active(at);
    assert.deepEqual(new Set(active), new Set([...used, last!].map(({ id }) => id)));
    assert.ok(!active.includes(first!.id));
  });

  test('they are listed, and end one by one, with all, and with the untrusted', async (scene) => {
    const { store, commands, userId } = scene;
    const endings = [
      async (record: SessionRecord) => store.revoke(commands.revoke(record, { at })),
      async () => store.revokeAll(commands.revokeAll(userId, at, { epoch: null, untrustedOnly: true })),
      async () => store.revokeAll(commands.revokeAll(userId, at)),
    ];
    for (const end of endings) {
      const used = await impersonate(scene);
      assert.deepEqual(await scene.active(at), [used.id]);
      await end(used);
      assert.deepEqual(await scene.active(at), []);
      assert.notEqual((await scene.read(used.id)).ending, null);
    }
  });

  test('of hundreds of sessions no more than the limit are let in beside them', async (scene) => {
    for (let count = 0; count < 250; count++) await impersonate(scene, { at: start + count });
    const [first, ...others] = [
      await signInUnder(scene, { user: 2 }),
      await signInUnder(scene, { user: 2 }),
      await signInUnder(scene, { user: 2 }),
    ];
    assertStatus(first, 'created');
    assert.deepEqual(
      others.map(({ status }) => status),
      ['created', 'limit-reached'],
    );
  });
}

function impersonate(scene: Scene, wanted: Partial<NewRecord> = {}): Promise<SessionRecord> {
  return scene.signIn({ impersonator, refresh: null, ...wanted });
}
