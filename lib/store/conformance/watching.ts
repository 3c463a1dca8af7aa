import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { type SessionId, type UserKey, userKey } from '../../domain/session-id';
import type { SessionRecord } from '../../domain/session-record';
import type { SessionWatcher } from '../watching';
import { newKeys } from './commands';
import { evict, limits, newOneTime } from './limits';
import { newRecord } from './records';
import type { Scene, Test } from './scene';

/** How long a change may take to be heard by another process before the test calls it lost, in milliseconds. */
const patience = 10_000;
const pace = 5;

/** Notes what it is told. */
class Notes implements SessionWatcher {
  isArmed = false;
  readonly #ids = new Set<SessionId>();
  readonly #users = new Set<UserKey>();

  armed(): void {
    this.isArmed = true;
  }

  changed(id: SessionId): void {
    this.#ids.add(id);
  }

  changedAll(user: UserKey): void {
    this.#users.add(user);
  }

  lost(): void {
    this.isArmed = false;
  }

  tellsOf(record: SessionRecord): boolean {
    return this.#ids.has(record.id) || this.#users.has(userKey(record.profile.userId));
  }

  forget(): void {
    this.#ids.clear();
    this.#users.clear();
  }
}

type Change = (scene: Scene, record: SessionRecord) => Promise<unknown>;

/** Every verb that changes a session, or may. */
const changes: Readonly<Record<string, Change>> = {
  rotate: ({ store, commands }, record) => store.rotate(commands.rotate(record)),
  touch: ({ store, commands }, record) => store.touch(commands.touch(record)),
  rekey: ({ store, commands }, record) => store.rekey(commands.rekey(record)),
  amend: ({ store, commands }, record) => store.amend(commands.amend(record)),
  retire: ({ store, commands }, record) => store.retire(commands.retire(record, 'access')),
  revoke: ({ store, commands }, record) => store.revoke(commands.revoke(record)),
  'revoke all': ({ store, commands, userId }, record) =>
    store.revokeAll(commands.revokeAll(userId, record.createdAt + 1)),
  'revoke all but one, which is re-keyed': ({ store, commands, userId }, record) =>
    store.revokeAll(
      commands.revokeAll(userId, record.createdAt + 1, { except: record.id, rekey: newKeys(record) }),
    ),
  'create, which evicts': ({ store, commands, userId }, record) => {
    const next = newRecord({ userId, at: record.createdAt + 1 });
    return store.create(commands.create(next, { limits: limits({ user: 1 }), evict: evict('oldest') }));
  },
  'disown, which ends': (scene, record) => disown(scene, record.createdAt),
  'disown, which asks for a fresh login': (scene, record) => disown(scene, record.createdAt + 1),
  erase: ({ store, commands, userId }, record) => store.erase(commands.erase(userId, record.createdAt + 1)),
  trim: async (scene, record) => {
    await scene.signIn({ at: record.createdAt + 1 });
    return scene.store.trim(scene.commands.trim(scene.userId, record.createdAt + 2, limits({ user: 1 })));
  },
};

async function disown({ store, commands, userId }: Scene, since: number): Promise<unknown> {
  const oneTime = newOneTime(userId);
  await store.putOneTime(commands.putOneTime(oneTime));
  return store.disown(commands.disown(oneTime, userId, since));
}

/** Whoever watches hears of every change: its own process' before the change is acknowledged, others' soon after. */
export function watching(test: Test): void {
  for (const [verb, change] of Object.entries(changes)) {
    test(`A38 a watcher hears of ${verb}: at once in the same process, soon in another`, async (scene) => {
      await watched(scene, async (here, there) => {
        const record = await scene.signIn();
        here.forget();
        there.forget();
        await change(scene, record);
        assert.ok(here.tellsOf(record), 'the same process has acknowledged a change that its watchers do not know');
        await until('the other process tells of the change', () => there.tellsOf(record));
      });
    });
  }

  test('a watcher that has left hears nothing more, and the others go on hearing', async (scene) => {
    const { store, commands, signIn } = scene;
    await watched(scene, async (here) => {
      const gone = new Notes();
      store.watch(gone)();
      assert.equal(gone.isArmed, false);
      const record = await signIn();
      await store.revoke(commands.revoke(record));
      assert.equal(gone.tellsOf(record), false);
      assert.ok(here.tellsOf(record));
    });
  });

  test('A38 a store that is closed tells that it cannot be relied on any more', async (scene) => {
    await watched(scene, async (here) => {
      await scene.store.close();
      assert.equal(here.isArmed, false);
    });
  });
}

async function watched({ store, other }: Scene, play: (here: Notes, there: Notes) => Promise<void>): Promise<void> {
  const notes = [new Notes(), new Notes()] as const;
  const stops = [store.watch(notes[0]), other.watch(notes[1])];
  try {
    await until('the store says that it tells of changes', () => notes.every(({ isArmed }) => isArmed));
    await play(...notes);
  } finally {
    for (const stop of stops) stop();
  }
}

async function until(what: string, isSo: () => boolean): Promise<void> {
  for (let waited = 0; !isSo(); waited += pace) {
    assert.ok(waited < patience, `waited in vain: ${what}`);
    await pause(pace);
  }
}
