import assert from 'node:assert/strict';
import { userKey } from '../../domain/session-id';
import type { SessionRecord } from '../../domain/session-record';
import { assertStatus } from './assertions';
import { budget, locking, newCounter, rule } from './counters';
import { newKeys } from './commands';
import { inParallel } from './in-parallel';
import { limits, newOneTime, onReached } from './limits';
import { minute, newRecord, second, start } from './records';
import type { Scene, Test } from './scene';
import { snapshot } from './snapshot';

const at = start + minute;
/** Before the erasure, and the session's last use is behind it. */
const before = at - second;
const nothing = { active: [], expired: [], ended: [], history: [], ownLimit: null };

type Late = (scene: Scene, record: SessionRecord) => Promise<unknown>;

/** What was issued before the erasure and comes after it. */
const lateComers: Readonly<Record<string, Late>> = {
  'a sign-in': async ({ store, commands, userId }) => {
    const outcome = await store.create(commands.create(newRecord({ userId, at: before })));
    assertStatus(outcome, 'stale-sign-in');
  },
  'a sign-in without a time of its own': async ({ store, commands, userId }) => {
    const outcome = await store.create(commands.create(newRecord({ userId, at: before }), { ordered: false }));
    assertStatus(outcome, 'stale-sign-in');
  },
  'a sign-in that a limit stops': ({ store, commands, userId }) => {
    const stopped = { limits: limits({ user: 0 }), onReached: onReached(newOneTime(userId), before) };
    return store.create(commands.create(newRecord({ userId, at: before }), { ...stopped, ordered: false }));
  },
  'a rotation': ({ store, commands }, record) => store.rotate(commands.rotate(record, { at: before })),
  'a repeat': ({ store, commands }, record) => store.repeat(commands.repeat(record, { at: before })),
  'a touch': ({ store, commands }, record) => store.touch(commands.touch(record, { at: before })),
  'a change of keys': ({ store, commands }, record) => store.rekey(commands.rekey(record, { at: before })),
  'an amendment': ({ store, commands }, record) => store.amend(commands.amend(record, { at: before })),
  'retiring a token': ({ store, commands }, record) =>
    store.retire(commands.retire(record, 'access', { at: before })),
  'a revocation': ({ store, commands }, record) => store.revoke(commands.revoke(record, { at: before })),
  'a revoke-all': ({ store, commands, userId }) => store.revokeAll(commands.revokeAll(userId, before)),
  'a revoke-all but one': ({ store, commands, userId }, record) =>
    store.revokeAll(commands.revokeAll(userId, before, { except: record.id, rekey: newKeys(record) })),
  'a trim': ({ store, commands, userId }) => store.trim(commands.trim(userId, before, limits({ user: 0 }))),
  'a limit': ({ store, commands, userId }) => store.setLimit(commands.setLimit(userId, 3, { at: before })),
  'a note of what had begun before': ({ store, commands, userId }) =>
    store.note(commands.note(userId, at + second, { startedAt: before })),
  'a one-time token': ({ store, commands, userId }) =>
    store.putOneTime(commands.putOneTime(newOneTime(userId), { at: before })),
  'an entry that could not be written when it was made': async ({ store, commands, userId }) => {
    const { audit, ...command } = commands.note(userId, at + second);
    await store.note({ ...command, audit: { ...audit, at: before } });
  },
  'a lock': async ({ store, commands, userId }) => {
    const id = newCounter(userId);
    const command = commands.count(userId, [locking(budget(rule(id, [minute])), 1, before)], { at: before });
    await store.count(command);
    assert.deepEqual(await store.findCounters([id]), [{ count: 0, heldUntil: 0 }]);
  },
};

/** Whatever was under way when its user was erased brings nothing back. */
export function erasingRaces(test: Test): void {
  for (const [name, send] of Object.entries(lateComers)) {
    test(`A36 A78 ${name} that comes after its user was erased brings nothing back`, async (scene) => {
      const { store, other, commands, userId } = scene;
      const record = await scene.signInAndRotate();
      await store.erase(commands.erase(userId, at));
      await send({ ...scene, store: other }, record);
      assert.deepEqual(await snapshot(store, userId, at, [record.id]), { found: [undefined], ...nothing });
      assert.deepEqual(await store.listOneTimes(userKey(userId)), []);
    });
  }

  for (const name of [
    'a one-time token',
    'a limit',
    'a sign-in without a time of its own',
    'an old entry',
  ] as const) {
    test(`A36 A78 ${name} brings nothing back though all sessions were ended since the erasure`, async (scene) => {
      const { store, other, commands, userId } = scene;
      const record = await scene.signIn();
      await store.erase(commands.erase(userId, at));
      await store.revokeAll(commands.revokeAll(userId, at + 5 * second));
      const kept = await snapshot(store, userId, at, [record.id]);
      await lateComers[name === 'an old entry' ? 'an entry that could not be written when it was made' : name]!(
        { ...scene, store: other },
        record,
      );
      assert.deepEqual(await snapshot(store, userId, at, [record.id]), kept);
      assert.deepEqual(await store.listOneTimes(userKey(userId)), []);
    });
  }

  test('A37 A78 of what runs in parallel to an erasure, nothing is left', async (scene) => {
    const { store, commands, userId } = scene;
    const records: SessionRecord[] = [];
    for (let count = 0; count < 8; count++) records.push(await scene.signIn());
    await inParallel(scene, 60, async (node, index) => {
      if (index === 30) return node.erase(commands.erase(userId, at));
      const record = records[index % records.length]!;
      if (index % 3 === 0) return node.rotate(commands.rotate(record, { at: before }));
      if (index % 3 === 1) return node.create(commands.create(newRecord({ userId, at: before })));
      return node.revoke(commands.revoke(record, { at: before }));
    });
    const ids = records.map(({ id }) => id);
    assert.deepEqual(await snapshot(store, userId, at, ids), { found: ids.map(() => undefined), ...nothing });
  });
}
