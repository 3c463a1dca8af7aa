import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mintSessionId } from '../../domain/session-id';
import { type AccessEntry, mostLookedThrough } from '../access-log';
import { retention } from '../retention';
import type { SessionStore } from '../session-store';
import { assertUnavailable, present } from './assertions';
import { inParallel } from './in-parallel';
import { randomUser, second, start } from './records';
import type { Scene, Test } from './scene';

/** The log may hold what other tests wrote; each looks for the calls of actors of its own. */
export function loggingAccess(test: Test): void {
  test('an entry is kept with all that it says, and without what it does not', async (scene) => {
    const { store, other, commands } = scene;
    const actor = randomUser();
    const bare = { ...newEntry(actor), operation: null, code: null, userId: null, sessionId: null, ip: null };
    const full = {
      ...newEntry(actor),
      at: start + second,
      operation: 'endSession',
      status: 404,
      code: 'not_found',
      userId: 'José "\n\u2028\0 {}:*',
      sessionId: mintSessionId('alice'),
      ip: '2001:db8::1',
    };
    assert.equal(await store.logAccess(commands.logAccess(bare)), undefined);
    await store.logAccess(commands.logAccess(full));
    assert.deepEqual(await callsOf(other, actor), [full, bare]);
  });

  test('a call by nobody who could be told is kept', async ({ store, other, commands }) => {
    const entry = { ...newEntry(''), actor: null, status: 401, code: 'secret_invalid' };
    await store.logAccess(commands.logAccess(entry));
    const { entries } = await other.accessLog({ at: start, after: null, limit: 1, actor: null });
    assert.deepEqual(entries, [entry]);
  });

  test('pages of it, newest first, hold each entry once, whatever is added meanwhile', async (scene) => {
    const { store, other, commands } = scene;
    const actor = randomUser();
    const written = await logMany(scene, actor, 7);
    const seen: AccessEntry[] = [];
    let after: string | null = null;
    do {
      const page = await other.accessLog({ at: start, after, limit: 3, actor: null });
      const own = page.entries.filter((entry) => entry.actor === actor);
      seen.push(...own);
      if (own.length === 0) break;
      await store.logAccess(commands.logAccess(newEntry(randomUser())));
      after = page.next;
      if (after !== null) assert.match(after, /^[A-Za-z0-9-]{1,64}$/);
    } while (after !== null);
    assert.deepEqual(seen, written.toReversed());
  });

  test('A66 calls by nobody push out no other, however many there are', async (scene) => {
    const { store } = scene;
    const actor = randomUser();
    const [own] = await logMany(scene, actor, 1);
    await logInParallel(scene, retention.anonymousAccessEntries + 100, null);
    const { entries } = await store.accessLog({ at: start, after: null, limit: 1, actor });
    assert.deepEqual(entries, [own]);
    const seen = await pagesOf(store, 500, own!.id);
    assert.equal(seen.filter((entry) => entry.actor === null).length, retention.anonymousAccessEntries);
    assert.deepEqual(seen.at(-1), own);
  });

  test('calls by nobody and by actors are one log, newest first, whatever time they tell and wherever a page ends', async (scene) => {
    const { store, other, commands } = scene;
    const actor = randomUser();
    const written: AccessEntry[] = [];
    for (let count = 0; count < 12; count++) {
      const by = count % 3 === 0 ? actor : null;
      const entry = { ...newEntry(actor, start + (count % 5) * second), actor: by };
      await (count % 2 === 0 ? store : other).logAccess(commands.logAccess(entry));
      written.unshift(entry);
    }
    for (const limit of [1, 5, 50]) {
      const seen = await pagesOf(store, limit, written.at(-1)!.id);
      assert.deepEqual(seen, written);
    }
  });

  test('pages of one actor hold no other call, and every one of theirs', async (scene) => {
    const [actor, stranger] = [randomUser(), randomUser()];
    const written: AccessEntry[] = [];
    for (let count = 0; count < 5; count++) {
      written.unshift(...(await logMany(scene, actor, 1)));
      await logMany(scene, stranger, 2);
    }
    assert.deepEqual(await callsOf(scene.other, actor, 2), written);
    assert.equal((await callsOf(scene.other, stranger, 2)).length, 10);
    assert.deepEqual(await callsOf(scene.other, randomUser()), []);
  });

  test('a page of one actor looks through so many, and says where to go on', async (scene) => {
    const { store } = scene;
    const actor = randomUser();
    const [own] = await logMany(scene, actor, 1);
    await logInParallel(scene, mostLookedThrough);
    const first = await store.accessLog({ at: start, after: null, limit: 5, actor });
    assert.deepEqual(first.entries, []);
    const second = await store.accessLog({ at: start, after: present(first.next), limit: 1, actor });
    assert.deepEqual(second.entries, [own]);
  });

  test('nothing is found behind the last, or behind what no page gave', async ({ store, commands }) => {
    await store.logAccess(commands.logAccess(newEntry(randomUser())));
    for (const after of ['0', '0-0', '1', '1-1', '-', 'x', '999999999999999999999999999999-5']) {
      const { entries, next } = await store.accessLog({ at: start, after, limit: 1, actor: randomUser() });
      assert.deepEqual([entries, next], [[], null], after);
    }
  });

  test('one that is sent again is kept once, though ninety came between', async (scene) => {
    const { store, other, commands } = scene;
    const actor = randomUser();
    const first = commands.logAccess(newEntry(actor));
    await store.logAccess(first);
    await other.logAccess(first);
    await logInParallel(scene, 90);
    await other.logAccess(first);
    assert.deepEqual(await callsOf(store, actor), [first.entry]);
  });

  test('A79 one that comes after its caller gave up is not kept', async ({ store, other, tooLate }) => {
    const actor = randomUser();
    await assertUnavailable(other.logAccess(tooLate.logAccess(newEntry(actor))));
    assert.deepEqual(await callsOf(store, actor), []);
  });

  test('of many at once each is kept', async (scene) => {
    const actor = randomUser();
    const { commands } = scene;
    await inParallel(scene, 100, (node) => node.logAccess(commands.logAccess(newEntry(actor))));
    const calls = await callsOf(scene.store, actor, 60);
    assert.equal(new Set(calls.map(({ id }) => id)).size, 100);
  });

  test('one whose time is earlier than that of the newest is the newest all the same', async (scene) => {
    const { store, other, commands } = scene;
    const actor = randomUser();
    const [late, early] = [newEntry(actor, start + 10 * second), newEntry(actor, start)];
    await store.logAccess(commands.logAccess(late));
    await other.logAccess(commands.logAccess(early));
    assert.deepEqual(await callsOf(store, actor), [early, late]);
  });
}

function newEntry(actor: string, at = start): AccessEntry {
  const id = randomBytes(8).toString('base64url');
  const nobody = { code: null, userId: null, sessionId: null, ip: '192.0.2.1' };
  return { id, at, actor, operation: 'listSessions', status: 200, ...nobody };
}

/** One after another, the oldest first. */
async function logMany({ store, commands }: Scene, actor: string, count: number): Promise<AccessEntry[]> {
  const entries = Array.from({ length: count }, (_, index) => newEntry(actor, start + index));
  for (const entry of entries) await store.logAccess(commands.logAccess(entry));
  return entries;
}

/** Of somebody, as fast as it goes. */
async function logInParallel(scene: Scene, count: number, actor: string | null = 'somebody'): Promise<void> {
  const { commands } = scene;
  for (let left = count; left > 0; left -= 500) {
    await inParallel(scene, Math.min(left, 500), (node) =>
      node.logAccess(commands.logAccess({ ...newEntry(''), actor })),
    );
  }
}

/** The log from its newest entry to this one. */
async function pagesOf(store: SessionStore, limit: number, id: string): Promise<AccessEntry[]> {
  const seen: AccessEntry[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<SessionStore['accessLog']>> = await store.accessLog({
      at: start,
      after,
      limit,
      actor: null,
    });
    assert.ok(page.entries.length <= limit);
    seen.push(...page.entries);
    after = page.next;
  } while (after !== null && seen.every((entry) => entry.id !== id));
  return seen.slice(0, seen.findIndex((entry) => entry.id === id) + 1);
}

async function callsOf(store: SessionStore, actor: string, limit = 50): Promise<AccessEntry[]> {
  const calls: AccessEntry[] = [];
  let after: string | null = null;
  do {
    const { entries, next }: Awaited<ReturnType<SessionStore['accessLog']>> = await store.accessLog({
      at: start,
      after,
      limit,
      actor,
    });
    assert.ok(entries.length <= limit);
    calls.push(...entries);
    after = next;
  } while (after !== null);
  return calls;
}
