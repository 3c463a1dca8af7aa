import type { SessionId, UserKey } from '../../domain/session-id';
import type { SessionWatcher, StopWatching } from '../../store/watching';
import { Watchers } from '../../store/watchers';
import type { RedisClient } from './client';
import { type IncidentListener, tell } from './incidents';
import { idOf } from './keys';
import { Push } from './push/push';

const nameLength = 22;

/** Those who watch this store, and the push that tells them of other processes' changes: there only while somebody watches. */
export class Watch {
  readonly watchers = new Watchers();
  readonly #push: Push;

  /** `prefix`: of the keys of session records alone. */
  constructor(client: RedisClient, prefix: string, onIncident: IncidentListener) {
    const { watchers } = this;
    this.#push = new Push(client, prefix, {
      armed: () => watchers.armed(),
      changed: (key) => {
        const id = idOf(key.toString('latin1', key.length - nameLength));
        if (id) watchers.changed(id);
      },
      // What everyone watched has gone, and tracking goes on.
      flushed: () => watchers.armed(),
      lost: () => watchers.lost(),
      refused: (cause) => tell(onIncident, { kind: 'near-cache-off', cause }),
    });
  }

  add(watcher: SessionWatcher): StopWatching {
    if (this.watchers.isEmpty) this.#push.open();
    const leave = this.watchers.add(watcher);
    return () => {
      leave();
      if (this.watchers.isEmpty) this.#push.close();
    };
  }

  /** Tells of a session once a write to it is settled: also where it failed, since its reply may have been lost. */
  during<Outcome>(id: SessionId, write: Promise<Outcome>): Promise<Outcome> {
    return this.watchers.isEmpty ? write : write.finally(() => this.watchers.changed(id));
  }

  /** The same for a write to any of a user's sessions. */
  duringAll<Outcome>(user: UserKey, write: Promise<Outcome>): Promise<Outcome> {
    return this.watchers.isEmpty ? write : write.finally(() => this.watchers.changedAll(user));
  }

  close(): void {
    this.#push.close();
  }
}
