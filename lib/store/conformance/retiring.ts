import assert from 'node:assert/strict';
import type { Credentials, SessionRecord } from '../../domain/session-record';
import { minute, newRecord, randomDigest, second, start } from './records';
import type { Test } from './scene';
import { historyOf } from './snapshot';
import { assertStatus, present } from './assertions';

const at = start + minute;

export function retiring(test: Test): void {
  test('a retired access token is over now; the session goes on', async (scene) => {
    const { store, other, commands, userId } = scene;
    const record = await scene.signInAndRotate();
    const command = commands.retire(record, 'access', { at });
    const expected = withCredentials(record, { accessExpiresAt: at, confirmedAt: at });
    assert.deepEqual(await store.retire(command), { status: 'retired', record: expected, durable: true });
    assert.deepEqual(await other.find(record.id), expected);
    assert.deepEqual((await historyOf(store, userId))[0], command.audit);
    assertStatus(await store.rotate(commands.rotate(record, { at: at + second })), 'rotated');
  });

  test('a retired access token is not started anew by a repeat', async ({ store, commands, ...scene }) => {
    const record = await scene.signInAndRotate();
    await store.retire(commands.retire(record, 'access', { at }));
    const outcome = await store.repeat(commands.repeat(record, { at: at + minute }));
    assertStatus(outcome, 'repeated');
    assert.equal(outcome.record.credentials.accessExpiresAt, at);
  });

  test("a retired access token of the parent's is over now; the current one lives", async (scene) => {
    const { store, commands } = scene;
    const record = await scene.signInAndRotate();
    const parent = present(record.credentials.parent);
    const soon = record.credentials.rotatedAt + second;
    const command = commands.retire(record, 'access', { at: soon, digest: parent.accessDigest });
    const expected = withCredentials(record, { parent: { ...parent, accessExpiresAt: soon } });
    assert.deepEqual(await store.retire(command), { status: 'retired', record: expected, durable: true });
    assert.deepEqual(await scene.read(record.id), expected);
  });

  test('a retired refresh token renews nothing; the access token lives out its time', async (scene) => {
    const { store, commands } = scene;
    const record = await scene.signIn();
    const { accessExpiresAt } = record.credentials;
    const command = commands.retire(record, 'refresh', { at });
    const expected = withCredentials(record, { refreshRevoked: true, refreshExpiresAt: at, confirmedAt: at });
    assert.deepEqual(await store.retire(command), { status: 'retired', record: expected, durable: true });
    assert.deepEqual(await scene.active(accessExpiresAt - 1), [record.id]);
    assert.deepEqual(await scene.active(accessExpiresAt), []);
  });

  test('a refresh token is retired by its parent too', async ({ store, commands, signInAndRotate }) => {
    const record = await signInAndRotate();
    const digest = present(record.credentials.parent?.refreshDigest);
    const outcome = await store.retire(commands.retire(record, 'refresh', { at, digest }));
    assert.deepEqual(outcome, {
      status: 'retired',
      record: withCredentials(record, { refreshRevoked: true, refreshExpiresAt: at }),
      durable: true,
    });
  });

  test('B22 without refresh tokens, no touch on its way makes a retired access token slide on', async (scene) => {
    const { store, commands } = scene;
    const record = await scene.signIn({ refresh: null });
    const outcome = await store.retire(commands.retire(record, 'access', { at }));
    assertStatus(outcome, 'retired');
    assert.equal(outcome.record.credentials.accessExpiresAt, at);
    assert.equal(outcome.record.credentials.refreshRevoked, true);
    await store.touch(commands.touch(record, { at: at - 1, confirm: 0 }));
    assert.equal((await scene.read(record.id)).credentials.accessExpiresAt, at);
    assert.deepEqual(await scene.active(at), []);
  });

  test('A4 a token is no token of the other kind, and no other digest is retired', async (scene) => {
    const { store, commands, userId } = scene;
    const record = await scene.signInAndRotate();
    const { accessDigest, refreshDigest } = record.credentials;
    const wrong = [
      commands.retire(record, 'refresh', { digest: accessDigest }),
      commands.retire(record, 'access', { digest: present(refreshDigest) }),
      commands.retire(record, 'access', { digest: randomDigest() }),
      commands.retire(record, 'refresh', { digest: randomDigest() }),
    ];
    for (const command of wrong) assert.deepEqual(await store.retire(command), { status: 'missing' });
    assert.deepEqual(await scene.read(record.id), record);
    const childless = await scene.signIn();
    const parentless = commands.retire(childless, 'refresh', { digest: randomDigest() });
    assert.deepEqual(await store.retire(parentless), { status: 'missing' });
    assert.equal((await historyOf(store, userId)).length, 2);
  });

  test('on a session that ended, ran out or never was, it is missing', async (scene) => {
    const { store, commands, userId } = scene;
    const ended = await scene.signIn();
    await store.revoke(commands.revoke(ended));
    const expired = await scene.signIn({ access: second, refresh: 2 * second });
    for (const record of [ended, expired, newRecord({ userId })]) {
      const before = await store.find(record.id);
      for (const kind of ['access', 'refresh'] as const) {
        assert.deepEqual(await store.retire(commands.retire(record, kind, { at })), { status: 'missing' });
      }
      assert.deepEqual(await store.find(record.id), before);
    }
  });
}

function withCredentials(record: SessionRecord, changes: Partial<Credentials>): SessionRecord {
  return { ...record, credentials: { ...record.credentials, ...changes } };
}
