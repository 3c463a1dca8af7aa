import assert from 'node:assert/strict';
import type { SessionRecord } from '../../domain/session-record';
import type { SessionStore } from '../session-store';
import { retention } from '../retention';
import { assertStatus } from './assertions';
import { kept } from './disowning';
import { inParallel } from './in-parallel';
import { minute, type NewRecord, newRecord, second, start } from './records';
import type { Test } from './scene';
import { historyOf, listed } from './snapshot';

const since = start + minute;
const at = start + 10 * minute;
/** A race is run several times, each later than the last: an epoch stays. */
const rounds = [0, 1, 2, 3, 4].map((round) => {
  const begun = start + round * 20 * minute;
  return { begun, since: begun + minute, at: begun + 10 * minute };
});

/** A disowning against whatever else happens to the user's sessions at the same time: it wins, whatever order they arrive in. */
export function disowningInParallel(test: Test): void {
  test('A7 of a hundred parallel ones with one token, one wins', async (scene) => {
    const { commands, userId } = scene;
    await scene.signIn();
    for (let count = 0; count < 3; count++) await scene.signIn({ at: since });
    const oneTime = await kept(scene);
    const outcomes = await inParallel(scene, 100, (node) =>
      node.disown(commands.disown(oneTime, userId, since, { at })),
    );
    const won = outcomes.filter(({ status }) => status === 'disowned');
    assert.deepEqual(won, [{ status: 'disowned', count: 3, stepUps: 1, durable: true }]);
    assert.equal(outcomes.filter(({ status }) => status === 'spent').length, 99);
  });

  test('A7 of one command that is sent many times at once, each is answered the same, and it happens once', async (scene) => {
    const { commands, userId } = scene;
    await scene.signIn();
    await scene.signIn({ at: since });
    const command = commands.disown(await kept(scene), userId, since, { at });
    const outcomes = await inParallel(scene, 20, (node) => node.disown(command));
    for (const outcome of outcomes) {
      assert.deepEqual(outcome, { status: 'disowned', count: 1, stepUps: 1, durable: true });
    }
    const told = (await historyOf(scene.store, userId)).filter(({ event }) => event === 'sign_in_disowned');
    assert.equal(told.length, 1);
    assert.deepEqual(
      (await listed(scene.store, { userId, at, kind: 'active' })).map(({ version }) => version),
      [1],
    );
  });

  test('two sign-ins disowned at once: what both ask for happens', async (scene) => {
    const { commands, userId, store, other } = scene;
    for (const { since, at } of rounds) {
      const [first, second] = [await scene.signIn({ at: since }), await scene.signIn({ at: since + minute })];
      const tokens = [await kept(scene), await kept(scene)] as const;
      await Promise.all([
        store.disown(commands.disown(tokens[0], userId, first.createdAt, { at })),
        other.disown(commands.disown(tokens[1], userId, second.createdAt, { at: at + 3 })),
      ]);
      for (const { id } of [first, second]) assert.equal((await scene.read(id)).ending?.reason, 'disowned');
    }
  });

  test('A37 none that began before it is left without the demand for a login', async (scene) => {
    const { commands, userId } = scene;
    for (const { at: now } of rounds) {
      const signIn = (node: SessionStore, wanted: Partial<NewRecord>) =>
        node.create(commands.create(newRecord({ userId, at: now, ...wanted })));
      const oneTime = await kept(scene);
      const underWay = inParallel(scene, 5, (node) => signIn(node, { startedAt: now - second }));
      const disowning = scene.other.disown(commands.disown(oneTime, userId, now, { at: now, epoch: now + 5 }));
      const more = inParallel(scene, 5, (node) => signIn(node, { startedAt: now }));
      const fresh = inParallel(scene, 2, (node) => signIn(node, { at: now + 6 }));
      await Promise.all([underWay, disowning, more, fresh]);
      const left = (await listed(scene.store, { userId, at: now, kind: 'active' })).filter(({ stepUp }) => !stepUp);
      assert.deepEqual(
        left.map(({ createdAt }) => createdAt),
        [now + 6, now + 6],
      );
    }
  });

  test('A36 B22 no renewal, touch or change that is on its way undoes it', async (scene) => {
    const { commands, userId } = scene;
    for (const { begun, since, at: now } of rounds) {
      const own = await scene.signInAndRotate({ at: begun });
      const stolen = await scene.signInAndRotate({ at: since });
      const oneTime = await kept(scene);
      const writing = (record: SessionRecord) =>
        inParallel(scene, 6, async (node, index) => {
          const amendment = {
            version: record.version,
            profile: record.profile,
            authenticatedAt: now,
            stepUp: false,
          };
          if (index < 2) return node.touch(commands.touch(record, { at: now, confirm: 1 }));
          if (index < 4) return node.amend(commands.amend(record, { at: now, data: { index } }));
          if (index === 4) return node.rotate(commands.rotate(record, { at: now }));
          return node.rekey(commands.rekey(record, { at: now, amendment }));
        });
      const before = [writing(own), writing(stolen)];
      const disowning = scene.other.disown(commands.disown(oneTime, userId, since, { at: now }));
      await Promise.all([...before, disowning, writing(own), writing(stolen)]);
      assertStatus(await disowning, 'disowned');
      assert.equal((await scene.read(own.id)).stepUp, true);
      assert.equal((await scene.read(stolen.id)).ending?.reason, 'disowned');
    }
  });

  test('A36 a login confirmed at the same time is either before it, and must be confirmed anew, or after it', async (scene) => {
    const { commands, userId, store } = scene;
    for (const { begun, since, at: now } of rounds) {
      const own = await scene.signIn({ at: begun });
      const amendment = { version: 0, profile: own.profile, authenticatedAt: now, stepUp: false };
      const confirming = store.rekey(commands.rekey(own, { at: now, amendment }));
      await Promise.all([
        confirming,
        scene.other.disown(commands.disown(await kept(scene), userId, since, { at: now })),
      ]);
      assert.equal((await scene.read(own.id)).stepUp, true);
    }
  });

  test('A33 with an end of all at the same time nothing is left, and each ends once', async (scene) => {
    const { commands, userId, store } = scene;
    for (const { begun, since, at } of rounds) {
      for (const created of [begun, since]) await scene.signIn({ at: created });
      const disowning = store.disown(commands.disown(await kept(scene), userId, since, { at }));
      // Later than the epoch of the other: what that moved past it must end.
      const revoking = scene.other.revokeAll(commands.revokeAll(userId, at + 1));
      const [disowned, revoked] = await Promise.all([disowning, revoking]);
      assertStatus(disowned, 'disowned');
      assert.equal(disowned.count + revoked.count, 2);
      assert.deepEqual(await scene.active(at), []);
    }
  });

  test('A61 of a thousand sessions each that began since ends, and each other is asked for a login', async (scene) => {
    const { commands, userId, store } = scene;
    const batch = (from: number) =>
      inParallel(scene, 50, (node, index) => node.create(commands.create(newRecord({ userId, at: from + index }))));
    for (let count = 0; count < 10; count++) await batch(start + count * 50);
    for (let count = 0; count < 10; count++) await batch(since + count * 50);
    const command = commands.disown(await kept(scene), userId, since, { at });
    const outcome = { status: 'disowned', count: 500, stepUps: 500, durable: true };
    assert.deepEqual(await store.disown(command), outcome);
    const left = await listed(store, { userId, at, kind: 'active' });
    assert.equal(left.length, 500);
    assert.ok(left.every(({ stepUp, startedAt, createdAt }) => stepUp && startedAt > at && createdAt < since));
    assert.equal((await listed(store, { userId, at, kind: 'ended' })).length, retention.tombstones);
    assert.deepEqual(await scene.other.disown(command), outcome);
  });
}
