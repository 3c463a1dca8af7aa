import type { SessionId, UserKey } from '../domain/session-id';

/** What hears of changes to sessions, whichever process makes them: the near cache of a manager. Called synchronously; must not throw. */
export interface SessionWatcher {
  /** From now on every change is told. What was read before may be out of date. */
  armed(): void;
  /** This session was written, ended, deleted or moved. May come more than once, and without a change. */
  changed(id: SessionId): void;
  /** Any of this user's sessions may have been. */
  changedAll(user: UserKey): void;
  /** Changes may go untold from now on, until `armed` comes again. Also when the store is closed. */
  lost(): void;
}

/** What ends a watch. */
export type StopWatching = () => void;
