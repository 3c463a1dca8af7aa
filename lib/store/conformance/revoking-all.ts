import assert from 'node:assert/strict';
import { newKeys } from './commands';
import { ending } from './endings';
import { minute, neighbourOf, newRecord, second, start } from './records';
import type { Test } from './scene';
import { historyOf, listed } from './snapshot';
import { assertStatus } from './assertions';

const at = start + 10 * minute;

export function revokingAll(test: Test): void {
  test('A33 every live session of the user ends, in one step with one entry', async (scene) => {
    const { store, other, commands, userId } = scene;
    const records = [await scene.signIn(), await scene.signInAndRotate(), await scene.signIn({ refresh: null })];
    const command = commands.revokeAll(userId, at);
    assert.deepEqual(await store.revokeAll(command), {
      status: 'ended',
      count: 3,
      remaining: false,
      durable: true,
      kept: null,
    });
    for (const record of records) {
      const tombstone = { ...record, data: {}, ending: ending(at, 'password_changed') };
      assert.deepEqual(await other.find(record.id), tombstone);
    }
    assert.deepEqual(await scene.active(at), []);
    assert.deepEqual((await historyOf(store, userId)).slice(0, -3), [{ ...command.audit, count: 3 }]);
  });

  test('B14 A33 after the clock was set back, sessions that have yet to begin end as well', async (scene) => {
    const { store, commands, userId } = scene;
    const command = commands.revokeAll(userId, at);
    const notAfter = command.notAfter;
    await scene.signIn({ at: notAfter + minute });
    const lately = await scene.signIn({ at: notAfter });
    assert.equal((await store.revokeAll(command)).count, 1);
    assert.deepEqual(await scene.active(notAfter), [lately.id]);
    await scene.signIn({ at: notAfter + minute });
    const untrusted = { epoch: null, untrustedOnly: true };
    assert.equal((await store.revokeAll(commands.revokeAll(userId, at, untrusted))).count, 1);
  });

  test('A34 the session is kept for its current and its parent access token', async (scene) => {
    const { store, commands, userId } = scene;
    const own = await scene.signInAndRotate();
    const { accessDigest, parent } = own.credentials;
    for (const exceptDigest of [accessDigest, parent!.accessDigest]) {
      const { count, kept } = await store.revokeAll(
        commands.revokeAll(userId, at, { except: own.id, exceptDigest }),
      );
      assert.deepEqual([count, kept?.id], [0, own.id]);
    }
  });

  test('A34 for a token from before it was re-keyed it is not kept, and gets no keys', async (scene) => {
    const { store, commands, userId } = scene;
    const own = await scene.signIn();
    assertStatus(await store.rekey(commands.rekey(own, { at })), 'rekeyed');
    const { accessDigest } = own.credentials;
    const changes = { except: own.id, exceptDigest: accessDigest, rekey: newKeys(own) };
    const outcome = await store.revokeAll(commands.revokeAll(userId, at, changes));
    assert.deepEqual(outcome, { status: 'ended', count: 1, remaining: false, durable: true, kept: null });
    assert.deepEqual(await scene.active(at), []);
  });

  test('A34 sent twice, it keeps the session that its first run gave other keys', async (scene) => {
    const { store, commands, userId } = scene;
    const own = await scene.signIn();
    const { accessDigest } = own.credentials;
    const changes = { except: own.id, exceptDigest: accessDigest, rekey: newKeys(own) };
    const command = commands.revokeAll(userId, at, changes);
    const first = await store.revokeAll(command);
    assert.notEqual(first.kept, null);
    assert.deepEqual(await store.revokeAll(command), first);
  });

  test('where none ends, the epoch rises and the entry says 0', async ({ store, commands, userId }) => {
    const command = commands.revokeAll(userId, at);
    assert.deepEqual(await store.revokeAll(command), {
      status: 'ended',
      count: 0,
      remaining: false,
      durable: true,
      kept: null,
    });
    assert.deepEqual(await historyOf(store, userId), [{ ...command.audit, count: 0 }]);
    const stale = newRecord({ userId, at: at + 1, startedAt: at });
    assertStatus(await store.create(commands.create(stale)), 'stale-sign-in');
  });

  test('A34 the session kept passes the epoch and may get new keys in the same step', async (scene) => {
    const { store, other, commands, userId } = scene;
    const own = await scene.signInAndRotate();
    await scene.signIn();
    const keys = newKeys(own);
    const epoch = at + 5;
    const command = commands.revokeAll(userId, at, { epoch, except: own.id, rekey: keys });
    const { count, kept } = await store.revokeAll(command);
    assert.equal(count, 1);
    assert.deepEqual(kept, {
      ...own,
      startedAt: epoch + 1,
      lastSeenAt: at,
      credentials: {
        ...keys,
        generation: 0,
        accessExpiresAt: at + own.windows.access,
        refreshExpiresAt: at + 60 * minute,
        rotatedAt: at,
        confirmedAt: null,
        repeats: 0,
        refreshRevoked: false,
        parent: null,
      },
    });
    assert.deepEqual(await other.find(own.id), kept);
    assert.deepEqual(await scene.active(at), [own.id]);
    assertStatus(await store.rotate(commands.rotate(kept)), 'rotated');
    assertStatus(await store.touch(commands.touch(kept)), 'touched');
  });

  test('without new keys, the session kept changes only its beginning', async ({
    store,
    commands,
    userId,
    ...scene
  }) => {
    const own = await scene.signInAndRotate();
    const { kept } = await store.revokeAll(commands.revokeAll(userId, at, { except: own.id }));
    assert.deepEqual(kept, { ...own, startedAt: at + 1 });
    assert.deepEqual(await scene.read(own.id), kept);
  });

  test('nothing is kept of another user, of a session that is over, or of an unknown one', async (scene) => {
    const { store, commands, userId } = scene;
    const stranger = await scene.signIn({ userId: `not ${userId}` });
    const neighbour = await scene.signIn({ userId: neighbourOf(userId) });
    const ended = await scene.signIn();
    await store.revoke(commands.revoke(ended));
    const tombstone = await scene.read(ended.id);
    const expired = await scene.signIn({ access: second, refresh: minute });
    for (const { id } of [stranger, neighbour, ended, expired, newRecord({ userId })]) {
      const command = commands.revokeAll(userId, at, { except: id, rekey: newKeys(stranger) });
      assert.equal((await store.revokeAll(command)).kept, null);
    }
    assert.deepEqual(await scene.read(stranger.id), stranger);
    assert.deepEqual(await scene.read(neighbour.id), neighbour);
    assert.deepEqual(await scene.read(ended.id), tombstone);
    assert.deepEqual(await scene.read(expired.id), expired);
  });

  test('A37 sessions that began after the epoch stay, however late it comes', async (scene) => {
    const { store, commands, userId } = scene;
    await scene.signIn({ startedAt: at - 1, at });
    await scene.signIn({ startedAt: at, at: at + 1 });
    const fresh = await scene.signIn({ startedAt: at + 1, at: at + 1 });
    const late = commands.revokeAll(userId, at, { at: at + minute });
    assert.equal((await store.revokeAll(late)).count, 2);
    assert.deepEqual(await scene.active(at + minute), [fresh.id]);
  });

  test('A37 an older epoch does not lower the one there is', async ({ store, commands, userId }) => {
    await store.revokeAll(commands.revokeAll(userId, at));
    await store.revokeAll(commands.revokeAll(userId, at - minute));
    const stale = newRecord({ userId, at: at + 1, startedAt: at });
    assertStatus(await store.create(commands.create(stale)), 'stale-sign-in');
  });

  test('untrusted ones can end alone: no epoch, and the session kept stays as it was', async (scene) => {
    const { store, commands, userId } = scene;
    const trusted = await scene.signIn({ trusted: true });
    const own = await scene.signIn();
    await scene.signIn();
    const command = commands.revokeAll(userId, at, { epoch: null, untrustedOnly: true, except: own.id });
    assert.deepEqual(await store.revokeAll(command), {
      status: 'ended',
      count: 1,
      remaining: false,
      durable: true,
      kept: own,
    });
    assert.deepEqual(new Set(await scene.active(at)), new Set([trusted.id, own.id]));
    const begunBefore = newRecord({ userId, at: at + 1, startedAt: start });
    assertStatus(await store.create(commands.create(begunBefore)), 'created');
  });

  test('B4 untrusted ones that were created since are left alone by a command that is repeated late', async (scene) => {
    const { store, commands, userId } = scene;
    await scene.signIn();
    const later = await scene.signIn({ at: at + minute });
    const command = commands.revokeAll(userId, at, { epoch: null, untrustedOnly: true });
    assert.equal((await store.revokeAll(command)).count, 1);
    assert.deepEqual(await scene.active(at + minute), [later.id]);
  });

  test('what ended or ran out before is not counted and keeps its reason', async (scene) => {
    const { store, commands, userId } = scene;
    const ended = await scene.signIn();
    await store.revoke(commands.revoke(ended));
    const expired = await scene.signIn({ access: second, refresh: minute });
    assert.equal((await store.revokeAll(commands.revokeAll(userId, at))).count, 0);
    assert.deepEqual((await scene.read(ended.id)).ending?.reason, 'signed_out');
    const ranOut = await listed(store, { userId, at, kind: 'expired' });
    assert.deepEqual(ranOut, [expired]);
  });

  test("another user's sessions stay", async ({ store, commands, userId, signIn }) => {
    const stranger = await signIn({ userId: `not ${userId}` });
    await store.revokeAll(commands.revokeAll(userId, at));
    assert.deepEqual(await store.find(stranger.id), stranger);
  });
}
