import assert from 'node:assert/strict';
import type { SessionRecord } from '../../domain/session-record';
import type { NewKeys } from '../commands';
import { day, minute, newRecord, second, start } from './records';
import type { Test } from './scene';
import { historyOf } from './snapshot';
import { assertStatus, present } from './assertions';
import { newKeys } from './commands';

const at = start + 10 * minute;

export function rekeying(test: Test): void {
  test('A8 new keys start a new family, and nothing issued before is left', async (scene) => {
    const { store, other, commands, userId } = scene;
    const record = await scene.signInAndRotate();
    await store.touch(commands.touch(record, { confirm: 1, slide: false }));
    const command = commands.rekey(record, { at });
    const expected = rekeyed(record, command.keys);
    assert.deepEqual(await store.rekey(command), { status: 'rekeyed', record: expected, durable: true });
    assert.deepEqual(await other.find(record.id), expected);
    assert.deepEqual((await historyOf(store, userId))[0], command.audit);
    assert.deepEqual(await store.rotate(commands.rotate(record)), { status: 'unchanged', record: expected });
  });

  test('a session without refresh tokens gets none', async ({ store, commands, signIn, read }) => {
    const record = await signIn({ refresh: null });
    const command = commands.rekey(record, { at });
    assertStatus(await store.rekey(command), 'rekeyed');
    assert.deepEqual(await read(record.id), rekeyed(record, command.keys));
  });

  test('A20 new deadlines do not pass the absolute limit', async ({ store, commands, signIn }) => {
    const record = await signIn({ access: 15 * minute, refresh: day, absolute: 20 * minute });
    const outcome = await store.rekey(commands.rekey(record, { at }));
    assertStatus(outcome, 'rekeyed');
    assert.equal(outcome.record.credentials.accessExpiresAt, start + 20 * minute);
    assert.equal(outcome.record.credentials.refreshExpiresAt, start + 20 * minute);
  });

  test('a retired refresh token has a successor that renews again', async ({ store, commands, signIn }) => {
    const record = await signIn();
    await store.retire(commands.retire(record, 'refresh'));
    const outcome = await store.rekey(commands.rekey(record));
    assertStatus(outcome, 'rekeyed');
    assert.equal(outcome.record.credentials.refreshRevoked, false);
    assertStatus(await store.rotate(commands.rotate(outcome.record)), 'rotated');
  });

  test('what it amends is amended in the same step', async ({ store, commands, signIn, read }) => {
    const record = await signIn();
    const profile = { ...record.profile, methods: ['pwd', 'otp'] };
    const amendment = { version: 0, profile, authenticatedAt: at, stepUp: false };
    const command = commands.rekey(record, { at, amendment });
    const amended = { ...rekeyed(record, command.keys), version: 1, profile, authenticatedAt: at };
    assert.deepEqual(await store.rekey(command), { status: 'rekeyed', record: amended, durable: true });
    assert.deepEqual(await read(record.id), amended);
  });

  test('a fresh login is owed until an amendment says that there was one', async ({
    store,
    commands,
    ...scene
  }) => {
    const owing = await store.amend(commands.amend(await scene.signIn(), { stepUp: true }));
    assertStatus(owing, 'amended');
    const kept = await store.rekey(commands.rekey(owing.record, { at }));
    assertStatus(kept, 'rekeyed');
    assert.equal(kept.record.stepUp, true);
    const { version, profile } = kept.record;
    for (const stepUp of [true, false]) {
      const fresh = await scene.read(owing.record.id);
      const amendment = { version: fresh.version, profile, authenticatedAt: at, stepUp };
      assertStatus(await store.rekey(commands.rekey(fresh, { at, amendment })), 'rekeyed');
      assert.equal((await scene.read(fresh.id)).stepUp, stepUp);
    }
    assert.equal((await scene.read(owing.record.id)).version, version + 2);
  });

  test('an amendment made from another version is a conflict, and the keys stay', async (scene) => {
    const { store, commands, userId } = scene;
    const record = await scene.signIn();
    for (const version of [1, -1]) {
      const amendment = { version, profile: record.profile, authenticatedAt: at, stepUp: false };
      const outcome = await store.rekey(commands.rekey(record, { at, amendment }));
      assert.deepEqual(outcome, { status: 'conflict', record });
    }
    assert.deepEqual(await scene.read(record.id), record);
    assert.equal((await historyOf(store, userId)).length, 1);
  });

  test('A8 made for a family that is over, it is a conflict: of two that re-key at once one does', async (scene) => {
    const { store, other, commands } = scene;
    const record = await scene.signIn();
    const outcomes = await Promise.all([store, other].map((one) => one.rekey(commands.rekey(record, { at }))));
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['conflict', 'rekeyed']);
  });

  test('A37 on a session that began at or before the epoch it is outdated, and changes nothing', async (scene) => {
    const { store, other, commands, userId } = scene;
    const record = await scene.signInAndRotate();
    await store.revokeAll(commands.revokeAll(userId, record.startedAt, { most: 0 }));
    const amendment = { version: 0, profile: record.profile, authenticatedAt: at, stepUp: false };
    const outdated = { status: 'outdated', record, reason: 'password_changed' };
    for (const changes of [{ at }, { at, amendment }]) {
      assert.deepEqual(await other.rekey(commands.rekey(record, changes)), outdated);
    }
    const stale = { at, amendment: { ...amendment, version: 7 } };
    assertStatus(await other.rekey(commands.rekey(record, stale)), 'conflict');
    assert.deepEqual(await scene.read(record.id), record);
    assert.equal((await historyOf(store, userId)).length, 1);
    const later = await scene.signIn({ startedAt: record.startedAt + 1, at: start + second });
    assertStatus(await other.rekey(commands.rekey(later, { at })), 'rekeyed');
  });

  test('one from before the epoch, sent again after it, is answered as the first time', async (scene) => {
    const { store, other, commands, userId } = scene;
    const command = commands.rekey(await scene.signIn(), { at });
    const first = await store.rekey(command);
    await store.revokeAll(commands.revokeAll(userId, at, { most: 0 }));
    assert.deepEqual(await other.rekey(command), first);
  });

  test('A37 the session that a revoke-all keeps is renewed in every way', async (scene) => {
    const { store, other, commands, userId } = scene;
    const record = await scene.signIn();
    const { kept } = await store.revokeAll(
      commands.revokeAll(userId, at, { except: record.id, rekey: newKeys(record) }),
    );
    const rotation = await other.rotate(commands.rotate(present(kept)));
    assertStatus(rotation, 'rotated');
    assertStatus(await store.repeat(commands.repeat(rotation.record)), 'repeated');
    assertStatus(await other.rekey(commands.rekey(rotation.record)), 'rekeyed');
  });

  test('A36 on a session that ended, ran out or never was, it is missing and brings nothing back', async (scene) => {
    const { store, commands, userId } = scene;
    const ended = await scene.signIn();
    await store.revoke(commands.revoke(ended));
    const expired = await scene.signIn({ access: second, refresh: minute });
    for (const record of [ended, expired, newRecord({ userId })]) {
      const before = await store.find(record.id);
      assert.deepEqual(await store.rekey(commands.rekey(record, { at })), { status: 'missing' });
      assert.deepEqual(await store.find(record.id), before);
    }
    assert.deepEqual(await scene.active(at), []);
  });
}

function rekeyed(record: SessionRecord, keys: NewKeys): SessionRecord {
  const { access, refresh } = record.windows;
  return {
    ...record,
    lastSeenAt: at,
    credentials: {
      ...keys,
      generation: 0,
      accessExpiresAt: at + access,
      refreshExpiresAt: refresh === null ? null : at + refresh,
      rotatedAt: at,
      confirmedAt: null,
      repeats: 0,
      refreshRevoked: false,
      parent: null,
    },
  };
}
