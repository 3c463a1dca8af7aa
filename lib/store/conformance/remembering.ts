import assert from 'node:assert/strict';
import { type SessionId, userKey } from '../../domain/session-id';
import { retention } from '../retention';
import { present } from './assertions';
import { minute, second, start } from './records';
import type { Test } from './scene';
import { historyOf, listed } from './snapshot';

const { tombstones, auditEntries } = retention;

/** Histories and tombstones: what is kept of the past, and how much. */
export function remembering(test: Test): void {
  test('A61 of the ended sessions, the newest are remembered', async ({ store, commands, userId, signIn }) => {
    const ended: SessionId[] = [];
    for (let count = 0; count < tombstones + 3; count++) {
      const record = await signIn();
      await store.revoke(commands.revoke(record, { at: start + count * second }));
      ended.unshift(record.id);
    }
    const list = await listed(store, { userId, at: start + minute, kind: 'ended' });
    assert.deepEqual(
      list.map(({ id }) => id),
      ended.slice(0, tombstones),
    );
    for (const [age, id] of ended.entries()) {
      assert.equal((await store.find(id)) !== undefined, age < tombstones);
    }
  });

  test('A61 more sessions than are remembered can end at once', async ({ store, commands, userId, ...scene }) => {
    const ids: SessionId[] = [];
    for (let count = 0; count < tombstones + 3; count++) ids.push((await scene.signIn()).id);
    const at = start + minute;
    assert.equal((await store.revokeAll(commands.revokeAll(userId, at))).count, ids.length);
    assert.deepEqual(await scene.active(at), []);
    assert.deepEqual(await listed(store, { userId, at, kind: 'expired' }), []);
    assert.equal((await listed(store, { userId, at, kind: 'ended' })).length, tombstones);
    const found = await Promise.all(ids.map((id) => store.find(id)));
    assert.equal(found.filter((record) => record !== undefined).length, tombstones);
    assert.ok(found.every((record) => record?.ending !== null));
  });

  test('the tombstones of one user push out none of another', async ({ store, commands, userId, signIn }) => {
    const stranger = await signIn({ userId: `not ${userId}` });
    await store.revoke(commands.revoke(stranger));
    for (let count = 0; count < tombstones + 1; count++) {
      await store.revoke(commands.revoke(await signIn(), { at: start + minute }));
    }
    assert.equal((await store.find(stranger.id))?.ending?.reason, 'signed_out');
  });

  test('a session that ran out is still found, as it was', async ({ store, signIn }) => {
    const record = await signIn({ access: second, refresh: minute });
    assert.deepEqual(await store.find(record.id), record);
  });

  test('A21 the history is what was written, last first, page by page', async ({
    store,
    other,
    commands,
    userId,
    signIn,
  }) => {
    const written: string[] = [];
    let record = await signIn();
    for (let count = 0; count < 7; count++) {
      const command = commands.amend(record, { at: start + count });
      const outcome = await store.amend(command);
      assert.equal(outcome.status, 'amended');
      record = { ...record, version: record.version + 1 };
      written.unshift(present(command.audit).id);
    }
    for (const limit of [1, 2, 3, 4, 8, 50]) {
      const entries = await historyOf(other, userId, limit);
      assert.deepEqual(
        entries.slice(0, -1).map(({ id }) => id),
        written,
      );
      assert.equal(entries.at(-1)?.event, 'session_created');
    }
  });

  test('behind an entry that is not remembered, there is nothing that is not older', async ({
    store,
    userId,
    signIn,
  }) => {
    await signIn();
    const query = { user: userKey(userId), at: start, after: { id: 'AAAAAAAAAAA', at: start }, limit: 10 };
    assert.deepEqual(await store.history(query), { entries: [], next: null });
  });

  test('an entry is kept as it was given', async ({ store, commands, userId, signIn }) => {
    const record = await signIn();
    const { audit } = commands.revoke(record);
    const entries = [
      { ...audit, event: 'token_reused', actor: { type: 'system' }, ip: null, reason: 'token_reuse' },
      { ...audit, actor: { type: 'admin', id: 'ops|{*}\u0000\r\n\u001b[31m 管理' }, ip: '203.0.113.9' },
      { ...audit, actor: { type: 'impersonator', id: 'a'.repeat(100) }, at: start + 7, reason: null },
    ] as const;
    for (const [version, entry] of entries.entries()) {
      const unique = { ...entry, id: commands.revoke(record).audit.id };
      await store.amend(commands.amend(record, { version, audit: unique }));
      assert.deepEqual((await historyOf(store, userId))[0], unique);
    }
  });

  test('A61 the history of a user is bounded', async ({ store, commands, userId, signIn }) => {
    const record = await signIn();
    const written: string[] = [];
    for (let version = 0; version < auditEntries + 5; version++) {
      const command = commands.amend(record, { version });
      await store.amend(command);
      written.unshift(present(command.audit).id);
    }
    const entries = await historyOf(store, userId, 60);
    assert.deepEqual(
      entries.slice(0, -1).map(({ id }) => id),
      written.slice(0, auditEntries),
    );
    // It tells who the user is: see the tests of what is kept beyond.
    assert.equal(entries.at(-1)?.event, 'session_created');
  });
}
