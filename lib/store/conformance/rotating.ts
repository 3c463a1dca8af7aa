import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { familyBytes } from '../../domain/secret';
import { day, minute, newRecord, randomDigest, second, start } from './records';
import type { Test } from './scene';
import { historyOf } from './snapshot';
import { assertStatus, present } from './assertions';

export function rotating(test: Test): void {
  test('A23 a rotation swaps the pair, and the old one becomes the parent', async (scene) => {
    const { store, other, commands, userId, signIn } = scene;
    const record = await signIn({ idle: 30 * minute });
    const at = start + 10 * minute;
    const command = commands.rotate(record, { at });
    const { accessDigest, refreshDigest, nonce } = command;
    const old = record.credentials;
    const successor = {
      ...record,
      lastSeenAt: at,
      credentials: {
        ...old,
        generation: 1,
        accessDigest,
        accessExpiresAt: at + record.windows.access,
        refreshDigest,
        refreshExpiresAt: at + 60 * minute,
        rotatedAt: at,
        parent: {
          accessDigest: old.accessDigest,
          accessExpiresAt: at + record.windows.grace,
          refreshDigest: old.refreshDigest,
          nonce,
        },
      },
    };
    assert.deepEqual(await store.rotate(command), { status: 'rotated', record: successor });
    assert.deepEqual(await other.find(record.id), successor);
    assert.equal((await historyOf(store, userId)).length, 1, 'a renewal is no entry of the history');
  });

  test('the next rotation forgets the grandparent, its repeats and its confirmation', async (scene) => {
    const { store, commands, read } = scene;
    const record = await scene.signInAndRotate();
    await store.repeat(commands.repeat(record));
    await store.touch(commands.touch(record, { confirm: 1 }));
    const command = commands.rotate(record);
    assertStatus(await store.rotate(command), 'rotated');
    const { credentials } = await read(record.id);
    assert.equal(credentials.generation, 2);
    assert.equal(credentials.repeats, 0);
    assert.equal(credentials.confirmedAt, null);
    const { parent } = credentials;
    assert.deepEqual([parent?.refreshDigest, parent?.nonce], [record.credentials.refreshDigest, command.nonce]);
  });

  test('a nonce that served another generation is no resend', async ({ store, commands, signIn }) => {
    const first = commands.rotate(await signIn());
    const rotated = await store.rotate(first);
    assertStatus(rotated, 'rotated');
    const next = await store.rotate(commands.rotate(rotated.record, { nonce: first.nonce }));
    assertStatus(next, 'rotated');
    assert.equal(next.record.credentials.generation, 2);
  });

  test('an access token with less than the grace left dies at its own time', async ({
    store,
    commands,
    signIn,
  }) => {
    const record = await signIn();
    const at = record.credentials.accessExpiresAt - second;
    const outcome = await store.rotate(commands.rotate(record, { at }));
    assertStatus(outcome, 'rotated');
    assert.equal(outcome.record.credentials.parent?.accessExpiresAt, at + second);
  });

  test('A20 no rotation moves the absolute limit, and no deadline passes it', async ({
    store,
    commands,
    signIn,
  }) => {
    let record = await signIn({ absolute: 2 * minute });
    for (let at = start + 30 * second; at < start + 2 * minute; at += 30 * second) {
      const outcome = await store.rotate(commands.rotate(record, { at }));
      assertStatus(outcome, 'rotated');
      record = outcome.record;
      assert.equal(record.absoluteExpiresAt, start + 2 * minute);
      assert.equal(record.credentials.accessExpiresAt, record.absoluteExpiresAt);
      assert.equal(record.credentials.refreshExpiresAt, record.absoluteExpiresAt);
    }
    assertStatus(await store.rotate(commands.rotate(record, { at: start + 2 * minute })), 'unchanged');
  });

  test('without sliding, the refresh deadline and the last use stay', async ({ store, commands, signIn }) => {
    const record = await signIn();
    const at = start + 10 * minute;
    const outcome = await store.rotate(commands.rotate(record, { at, slide: false }));
    assertStatus(outcome, 'rotated');
    assert.equal(outcome.record.lastSeenAt, start);
    assert.equal(outcome.record.credentials.refreshExpiresAt, record.credentials.refreshExpiresAt);
    assert.equal(outcome.record.credentials.accessExpiresAt, at + record.windows.access);
  });

  test('the last use never moves backwards', async ({ store, commands, signIn }) => {
    const record = await signIn();
    await store.touch(commands.touch(record, { at: start + minute }));
    const outcome = await store.rotate(commands.rotate(record, { at: start + second }));
    assertStatus(outcome, 'rotated');
    assert.equal(outcome.record.lastSeenAt, start + minute);
  });

  test('A18 the refresh, idle and absolute deadlines are exact to the millisecond', async (scene) => {
    const { store, commands, signIn } = scene;
    const limits = [{ refresh: minute }, { idle: minute }, { absolute: minute }];
    for (const limit of limits) {
      const record = await signIn({ access: second, refresh: day, ...limit });
      const late = await store.rotate(commands.rotate(record, { at: start + minute }));
      assert.deepEqual(late, { status: 'unchanged', record });
      const last = commands.rotate(record, { at: start + minute - 1 });
      assertStatus(await store.rotate(last), 'rotated');
    }
  });

  test('A29 any other secret, generation or family changes nothing', async ({
    store,
    commands,
    signInAndRotate,
  }) => {
    const record = await signInAndRotate();
    const others = [
      { presented: randomDigest() },
      { presented: record.credentials.accessDigest },
      { presented: present(record.credentials.parent?.refreshDigest) },
      { generation: 0 },
      { generation: 2 },
      { family: randomBytes(familyBytes) },
    ];
    for (const different of others) {
      const outcome = await store.rotate(commands.rotate(record, different));
      assert.deepEqual(outcome, { status: 'unchanged', record });
    }
    assert.deepEqual(await store.find(record.id), record);
  });

  test('a retired refresh token is exchanged for nothing', async ({ store, commands, signIn, read }) => {
    const record = await signIn();
    await store.retire(commands.retire(record, 'refresh'));
    const retired = await read(record.id);
    const inTime = commands.rotate(record, { at: start });
    assert.deepEqual(await store.rotate(inTime), { status: 'unchanged', record: retired });
  });

  test('a session without refresh tokens is not rotated', async ({ store, commands, signIn }) => {
    const record = await signIn({ refresh: null });
    assert.deepEqual(await store.rotate(commands.rotate(record)), { status: 'unchanged', record });
  });

  test('an ended session stays ended, and says why', async ({ store, commands, signIn, read }) => {
    const record = await signIn();
    await store.revoke(commands.revoke(record));
    const tombstone = await read(record.id);
    assert.deepEqual(await store.rotate(commands.rotate(record)), { status: 'unchanged', record: tombstone });
  });

  test('a session that is not there is missing', async ({ store, commands, userId }) => {
    const outcome = await store.rotate(commands.rotate(newRecord({ userId })));
    assert.deepEqual(outcome, { status: 'missing' });
  });
}
