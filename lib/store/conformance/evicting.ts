import assert from 'node:assert/strict';
import type { EvictionOrder, Limits } from '../../domain/limits';
import type { SessionId } from '../../domain/session-id';
import type { SessionRecord } from '../../domain/session-record';
import { assertStatus, present } from './assertions';
import { endedWith, ending, farewell } from './endings';
import { inParallel } from './in-parallel';
import { evict, limits, newOneTime, onReached } from './limits';
import { minute, type NewRecord, newRecord, second, start } from './records';
import type { Scene, Test } from './scene';
import { signIns } from './sign-ins';
import { listed } from './snapshot';

const at = start + 10 * minute;

export function evicting(test: Test): void {
  test('A41 the oldest makes room: it ends in the same step, with its reason, its successor and its entry', async (scene) => {
    const { store, other, commands, userId } = scene;
    const [first, , third] = await signIns(scene, 3);
    const record = newRecord({ userId, at });
    const { device } = record.profile;
    const told = farewell(at, 'evicted');
    const evicting = { ...told, ending: { ...told.ending, replacedBy: { ...device, type: 'phone' as const } } };
    await store.touch(commands.touch(present(first), { at: start + minute }));
    const outcome = await store.create(
      commands.create(record, { limits: limits({ user: 3 }), evict: evict('oldest'), evicting }),
    );
    const tombstone = { ...first, lastSeenAt: start + minute, data: {}, ending: evicting.ending };
    assert.deepEqual(outcome, { status: 'created', record, ended: [tombstone], endedCount: 1, others: 2 });
    assert.deepEqual(await other.find(tombstone.id!), tombstone);
    assert.deepEqual(await listed(other, { userId, at, kind: 'ended' }), [tombstone]);
    assert.equal((await scene.active(at)).includes(present(third).id), true);
    await endedWith(scene, evicting, [present(first).id]);
  });

  test('the one that was not used for longest makes room', async (scene) => {
    const { store, commands } = scene;
    const [first, second, third] = await signIns(scene, 3);
    for (const [index, one] of [third, first].entries()) {
      await store.touch(commands.touch(present(one), { at: start + minute + index }));
    }
    await evictsFor(scene, { user: 3 }, { order: 'least-recent' }, [second]);
  });

  test('those named first make room first, in their order; then the rest in theirs', async (scene) => {
    const [first, second, third, fourth] = await signIns(scene, 4);
    const named = [newRecord({ userId: scene.userId }), fourth, third, fourth].map((one) => present(one).id);
    await evictsFor(scene, { user: 4 }, { order: 'oldest', first: named }, [fourth]);
    await evictsFor(scene, { user: 2 }, { order: 'oldest', first: named }, [third, first, second].slice(0, 3));
  });

  test('a limit that was lowered makes as many go as it takes', async (scene) => {
    const all = await signIns(scene, 6);
    await evictsFor(scene, { user: 2 }, { order: 'oldest' }, all.slice(0, 5));
  });

  test('where there is room, nobody goes', async (scene) => {
    await signIns(scene, 2);
    await evictsFor(scene, { user: 3, application: 3, deviceTypes: { desktop: 3 } }, { order: 'oldest' }, []);
  });

  test('only what the exceeded limit counts makes room', async (scene) => {
    await scene.signIn({ type: 'phone', applicationId: 'ios' });
    const desktop = await scene.signIn({ at: start + 1 });
    await scene.signIn({ at: start + 2, type: 'tablet' });
    await evictsFor(scene, { deviceTypes: { desktop: 1 } }, { order: 'oldest' }, [desktop]);
  });

  test('what ends for an application or a device type counts for the user too', async (scene) => {
    const other = await scene.signIn({ applicationId: 'ios' });
    const own = await scene.signIn({ at: start + 1 });
    await evictsFor(scene, { user: 2, application: 1 }, { order: 'oldest' }, [own]);
    assert.deepEqual(await scene.read(other.id), other);
  });

  test('where the user needs more than the application gave, others go for it', async (scene) => {
    const all: SessionRecord[] = [];
    for (const [index, applicationId] of ['web', 'web', 'ios', 'ios'].entries()) {
      all.push(await scene.signIn({ applicationId, at: start + index }));
    }
    await evictsFor(
      scene,
      { user: 2, application: 1, applications: { ios: 2 } },
      { order: 'oldest' },
      all.slice(0, 3),
    );
    assert.equal((await scene.active(at)).length, 2);
  });

  test('two dimensions at once: each gets what it needs, and one session may serve both', async (scene) => {
    const [phone, both, web] = [
      await scene.signIn({ type: 'phone', applicationId: 'ios' }),
      await scene.signIn({ at: start + 1, type: 'phone', applicationId: 'web' }),
      await scene.signIn({ at: start + 2, type: 'desktop', applicationId: 'web' }),
    ];
    const rules = { application: 2, deviceTypes: { phone: 2 } };
    const first = { order: 'oldest', first: [both.id] } as const;
    await evictsFor(scene, rules, first, [both], { type: 'phone', applicationId: 'web' });
    assert.deepEqual(await scene.read(phone.id), phone);
    await evictsFor(
      scene,
      { application: 1, deviceTypes: { phone: 1 } },
      { order: 'oldest' },
      [phone, web],
      {
        type: 'phone',
        applicationId: 'web',
        at: at + 1,
      },
      1,
    );
  });

  test('the dead make no room, and are not ended again', async (scene) => {
    const { store, commands } = scene;
    const expired = await scene.signIn({ access: second, refresh: minute });
    const ended = await scene.signIn();
    await store.revoke(commands.revoke(ended));
    const alive = await scene.signIn({ at: start + 1 });
    const named = { order: 'oldest', first: [expired.id, ended.id] } as const;
    await evictsFor(scene, { user: 1 }, named, [alive]);
    assert.deepEqual(await scene.read(expired.id), expired);
    assert.equal((await scene.read(ended.id)).ending?.reason, 'signed_out');
  });

  test('what a sign-in replaces and what makes room end each in their own way', async (scene) => {
    const { store, commands, userId } = scene;
    const [first, second, third] = await signIns(scene, 3);
    const replaces = [{ id: present(second).id, digest: present(second).credentials.accessDigest }];
    const command = commands.create(newRecord({ userId, at }), {
      limits: limits({ user: 2 }),
      evict: evict('oldest'),
      replaces,
    });
    const outcome = await store.create(command);
    assertStatus(outcome, 'created');
    const reasons = new Map(outcome.ended.map(({ id, ending: how }) => [id, how?.reason]));
    assert.deepEqual(
      reasons,
      new Map([
        [present(second).id, 'replaced'],
        [present(first).id, 'evicted'],
      ]),
    );
    await endedWith(scene, command.replacing, [present(second).id]);
    await endedWith(scene, command.evicting, [present(first).id]);
    assert.deepEqual(await scene.read(present(third).id), third);
  });

  test('a stale sign-in makes nobody go', async (scene) => {
    const { store, commands, userId } = scene;
    await store.revokeAll(commands.revokeAll(userId, start));
    const [one] = await signIns(scene, 1, start + 1);
    const given = { limits: limits({ user: 1 }), evict: evict('oldest') };
    const stale = commands.create(newRecord({ userId, at, startedAt: start }), given);
    assertStatus(await store.create(stale), 'stale-sign-in');
    assert.deepEqual(await scene.read(present(one).id), one);
  });

  test('a limit of which eviction makes no room is reached, and nobody goes for it', async (scene) => {
    const { store, commands, userId } = scene;
    const [one] = await signIns(scene, 1);
    const given = {
      limits: limits({ user: 0 }),
      evict: evict('oldest'),
      onReached: onReached(newOneTime(userId), at),
    };
    const outcome = await store.create(commands.create(newRecord({ userId, at }), given));
    assertStatus(outcome, 'limit-reached');
    assert.deepEqual(outcome.records, [one]);
    assert.deepEqual(await scene.active(at), [present(one).id]);
  });

  const preferences = {
    oldest: ['oldest', false],
    'least-recent': ['least-recent', false],
    'a list of its own': ['oldest', true],
  } as const;
  for (const [name, [order, isNamed]] of Object.entries(preferences)) {
    test(`A40 B21 of two hundred parallel sign-ins that evict by ${name}, three are left, and each end is told once`, async (scene) => {
      const { commands, userId } = scene;
      const before = await signIns(scene, 3);
      const first = isNamed ? before.map(({ id }) => id).reverse() : [];
      const given = { limits: limits({ user: 3 }), evict: evict(order, first) };
      const outcomes = await inParallel(scene, 200, (node, index) =>
        node.create(commands.create(newRecord({ userId, at: at + index }), given)),
      );
      const ended = outcomes.flatMap((outcome) => (outcome.status === 'created' ? outcome.ended : []));
      assert.ok(outcomes.every(({ status }) => status === 'created'));
      assert.equal((await scene.active(at + 200)).length, 3);
      assert.equal(ended.length, 200);
      assert.equal(new Set(ended.map(({ id }) => id)).size, 200);
    });
  }
}

/** Fails unless these sessions, and no others, end when one more signs in. */
async function evictsFor(
  scene: Scene,
  rules: Partial<Limits>,
  { order, first = [] }: { readonly order: EvictionOrder; readonly first?: readonly SessionId[] },
  expected: readonly (SessionRecord | undefined)[],
  wanted: Partial<NewRecord> = {},
  more = 0,
): Promise<void> {
  const { other, commands, userId } = scene;
  const before = await scene.active(at);
  const command = commands.create(newRecord({ userId, at, ...wanted }), {
    limits: limits(rules),
    evict: evict(order, first),
  });
  const outcome = await other.create(command);
  assertStatus(outcome, 'created');
  const ids = expected.map((record) => present(record).id);
  assert.equal(outcome.ended.length, ids.length + more);
  for (const id of ids) assert.ok(outcome.ended.some((record) => record.id === id));
  const reasons = new Set(outcome.ended.map(({ ending: how }) => how?.reason));
  assert.deepEqual(reasons, new Set(outcome.ended.length === 0 ? [] : [ending(at, 'evicted').reason]));
  assert.equal(outcome.others, before.length - outcome.ended.length);
}
