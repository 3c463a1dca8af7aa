import type { SessionId, UserKey } from '../domain/session-id';
import type { SessionWatcher, StopWatching } from './watching';

/** Those who watch one store. */
export class Watchers implements SessionWatcher {
  readonly #watchers = new Set<SessionWatcher>();
  #isArmed = false;

  get isEmpty(): boolean {
    return this.#watchers.size === 0;
  }

  /** One who comes later than `armed` is told at once. */
  add(watcher: SessionWatcher): StopWatching {
    // The same one may watch twice; each watch has its own end.
    const own: SessionWatcher = {
      armed: () => watcher.armed(),
      changed: (id) => watcher.changed(id),
      changedAll: (user) => watcher.changedAll(user),
      lost: () => watcher.lost(),
    };
    this.#watchers.add(own);
    if (this.#isArmed) own.armed();
    return () => {
      if (this.#watchers.delete(own)) own.lost();
    };
  }

  armed(): void {
    this.#isArmed = true;
    for (const watcher of this.#watchers) watcher.armed();
  }

  changed(id: SessionId): void {
    for (const watcher of this.#watchers) watcher.changed(id);
  }

  changedAll(user: UserKey): void {
    for (const watcher of this.#watchers) watcher.changedAll(user);
  }

  lost(): void {
    this.#isArmed = false;
    for (const watcher of this.#watchers) watcher.lost();
  }
}
