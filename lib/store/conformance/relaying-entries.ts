import assert from 'node:assert/strict';
import { userKey, userTag } from '../../domain/session-id';
import { present } from './assertions';
import { auditEntry } from './endings';
import { everyWrite, writeNames } from './every-write';
import { inParallel } from './in-parallel';
import { evict, limits } from './limits';
import { newRecord, second, start } from './records';
import { relayed, relaying, takeLetters } from './relayed';
import type { Test } from './scene';
import { historyOf } from './snapshot';

const at = start + 10 * second;
// Their entries come without a session at hand, and say themselves whose they are.
const withoutRecord = ['session_limit_changed', 'one_time_token_issued', 'risk_noticed', 'sign_in_disowned'];

/** What is written into a history goes into the outbox in the same step, where it is to be relayed. */
export function relayingEntries(test: Test): void {
  for (const name of writeNames) {
    test(`A64 ${name} relays each entry that it writes once, though it is sent twice`, async (scene) => {
      const { store, other, commands, userId } = scene;
      const user = userKey(userId);
      const record = await scene.signInAndRotate();
      const before = await historyOf(store, userId);
      const send = everyWrite[name](relaying(commands), record);
      await send(store);
      await send(other);
      const history = await historyOf(store, userId);
      const written = history.slice(0, history.length - before.length).reverse();
      const letters = await takeLetters(other, user, at);
      assert.deepEqual(
        letters.map(({ entry }) => entry),
        written,
      );
      assert.equal(new Set(letters.map(({ id }) => id)).size, letters.length);
      for (const letter of letters) {
        const known = letter.userId ?? (withoutRecord.includes(letter.entry.event) ? userId : null);
        assert.deepEqual([known, letter.sink, letter.attempts], [userId, null, 0]);
      }
      assert.deepEqual(await takeLetters(store, user, at), []);
    });
  }

  test('what is not to be relayed costs the outbox nothing', async (scene) => {
    const { store, commands, userId } = scene;
    const record = await scene.signIn();
    await store.revoke(commands.revoke(record));
    assert.deepEqual(await takeLetters(store, userKey(userId), at), []);
  });

  test('of many that make room each is told, and the rest by their number', async (scene) => {
    const { store, commands, userId } = scene;
    for (let count = 0; count < 25; count++) await scene.signIn();
    const command = relaying(commands).create(newRecord({ userId, at: start + second }), {
      limits: limits({ user: 1 }),
      evict: evict('oldest'),
    });
    await store.create(command);
    const letters = await takeLetters(store, userKey(userId), at);
    const told = letters.filter(({ entry }) => entry.event === 'session_evicted').map(({ entry }) => entry);
    assert.deepEqual([told.length, told.filter(({ count }) => count === 5).length], [21, 1]);
    assert.equal(new Set(letters.map(({ entry }) => entry.id)).size, 22);
    assert.ok(letters.every((letter) => letter.userId === userId));
    const history = await historyOf(store, userId);
    assert.deepEqual(
      letters.map(({ entry }) => entry),
      history.slice(0, 22).reverse(),
    );
  });

  test('a user id comes as it is, whatever it is made of', async ({ store, commands }) => {
    for (const userId of ['"', '\\"', '\\\\"]', '["x","y"]', '\u0000', 'ü\u2028\u{1F3F3}', 'a'.repeat(200)]) {
      const record = newRecord({ userId });
      await store.create(relaying(commands).create(record));
      await store.revoke(relaying(commands).revoke(record));
      const letters = await takeLetters(store, userKey(userId), at);
      assert.deepEqual(
        letters.map((letter) => letter.userId),
        [userId, userId],
      );
    }
  });

  test('without a session at hand the entry says itself whose it is; an account is no user', async (scene) => {
    const { store, commands, userId } = scene;
    const user = userKey(userId);
    for (const [event, known] of [
      ['session_limit_changed', 'alice'],
      ['account_locked', null],
    ] as const) {
      const audit = relayed({ ...auditEntry(event, start, null), subject: 'alice' });
      await store.note(commands.note(userId, start, { audit }));
      const [letter] = await takeLetters(store, user, at);
      assert.deepEqual([letter?.entry, letter?.userId], [audit, known]);
    }
  });

  test('the order within a tag is that of the histories, and of parallel writes none is lost', async (scene) => {
    const { store, userId } = scene;
    const commands = relaying(scene.commands);
    await inParallel(scene, 60, (node) => node.create(commands.create(newRecord({ userId }))));
    const letters = await takeLetters(store, userKey(userId), at);
    const history = await historyOf(store, userId);
    assert.deepEqual(
      letters.map(({ entry }) => entry),
      history.toReversed(),
    );
  });

  test('users of one tag share an outbox, in the order of writing', async ({ store, userId, commands }) => {
    const neighbour = present(neighboursOf(userId, 1)[0]);
    const told: string[] = [];
    for (const who of [userId, neighbour, userId, neighbour]) {
      const command = relaying(commands).create(newRecord({ userId: who }));
      await store.create(command);
      told.push(command.audit.id);
    }
    const letters = await takeLetters(store, userKey(neighbour), at);
    assert.deepEqual(
      letters.map(({ entry, userId: of }) => [entry.id, of]),
      told.map((id, index) => [id, index % 2 === 0 ? userId : neighbour]),
    );
  });
}

/** Other users of the same tag. */
export function neighboursOf(userId: string, wanted: number): string[] {
  const tag = userTag(userKey(userId));
  const found: string[] = [];
  for (let count = 0; found.length < wanted; count++) {
    const other = `${userId}-${count}`;
    if (userTag(userKey(other)) === tag) found.push(other);
  }
  return found;
}
