import { type SessionId, userKey } from '../../domain/session-id';
import type { SessionRecord } from '../../domain/session-record';
import type { SessionStore } from '../session-store';
import { Commands } from './commands';
import { minute, type NewRecord, newRecord, randomUser, second } from './records';
import type { ConformanceSubject } from './runner';
import { assertStatus, present } from './assertions';

/** What a test works with: a store, perhaps seen from two processes, and one user on it. */
export interface Scene {
  readonly store: SessionStore;
  /** The store as another process sees it; the same one where data cannot be shared. */
  readonly other: SessionStore;
  readonly commands: Commands;
  /** Builds commands that come after their caller gave up. */
  readonly tooLate: Commands;
  readonly userId: string;
  /** Stores a new session of the user. */
  signIn(wanted?: Partial<NewRecord>): Promise<SessionRecord>;
  /** A session whose current pair has a parent. */
  signInAndRotate(wanted?: Partial<NewRecord>): Promise<SessionRecord>;
  /** The record as it is now; fails where there is none. */
  read(id: SessionId): Promise<SessionRecord>;
  /** The ids of the user's sessions that are live at this instant, nearest expiry first. */
  active(at: number): Promise<readonly SessionId[]>;
}

export type Test = (title: string, body: (scene: Scene) => Promise<void>) => void;

/** Opens the store, plays the scene, and closes the store whatever happened. */
export async function play(subject: ConformanceSubject, body: (scene: Scene) => Promise<void>): Promise<void> {
  const { store, secondNode, close } = await subject.open();
  try {
    await body(scene(store, secondNode ?? store, await store.now()));
  } finally {
    await close();
  }
}

function scene(store: SessionStore, other: SessionStore, now: number): Scene {
  const commands = new Commands(now + 5 * minute);
  const userId = randomUser();

  async function signIn(wanted: Partial<NewRecord> = {}): Promise<SessionRecord> {
    const outcome = await store.create(commands.create(newRecord({ userId, ...wanted })));
    assertStatus(outcome, 'created');
    return outcome.record;
  }

  async function signInAndRotate(wanted: Partial<NewRecord> = {}): Promise<SessionRecord> {
    const outcome = await store.rotate(commands.rotate(await signIn(wanted)));
    assertStatus(outcome, 'rotated');
    return outcome.record;
  }

  async function read(id: SessionId): Promise<SessionRecord> {
    return present(await store.find(id));
  }

  async function active(at: number): Promise<readonly SessionId[]> {
    const query = {
      user: userKey(userId),
      at,
      kind: 'active',
      after: null,
      limit: 500,
      applicationId: null,
    } as const;
    const { records } = await store.list(query);
    return records.map(({ id }) => id);
  }

  const tooLate = new Commands(now - 10 * second);
  return { store, other, commands, tooLate, userId, signIn, signInAndRotate, read, active };
}
