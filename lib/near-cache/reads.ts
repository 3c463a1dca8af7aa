import { type SessionId, sessionTag } from '../domain/session-id';
import type { SessionRecord } from '../domain/session-record';

/** One read of a session, for all who want it while it is under way. */
export interface Read {
  readonly record: Promise<SessionRecord | undefined>;
  /** When it began, on the cache's clock. */
  readonly startedAt: number;
  /** false: the session may have changed meanwhile. What was read is for those who wait, and not to be kept. */
  mayBeKept: boolean;
  /** Has come back: whoever asks now asks anew. */
  isOver: boolean;
}

/**
 * Reads by session, the latest last: those under way, and those that came back in this turn of the event loop. What came back is judged
 * and kept in later steps of the same turn, and a change may be acknowledged between them.
 */
export class Reads {
  readonly #known = new Map<SessionId, Read[]>();

  /** One that is under way and began after `after`, unless the session has changed since. */
  find(id: SessionId, after: number): Read | undefined {
    const read = this.#known.get(id)?.at(-1);
    return read?.mayBeKept === true && !read.isOver && read.startedAt > after ? read : undefined;
  }

  begin(id: SessionId, startedAt: number, record: Promise<SessionRecord | undefined>): Read {
    const read: Read = { record, startedAt, mayBeKept: true, isOver: false };
    const others = this.#known.get(id);
    if (others) others.push(read);
    else this.#known.set(id, [read]);
    const finish = (): void => {
      read.isOver = true;
      setImmediate(() => this.#forget(id, read));
    };
    record.then(finish, finish);
    return read;
  }

  taint(id: SessionId): void {
    for (const read of this.#known.get(id) ?? []) read.mayBeKept = false;
  }

  /** Those of all users whose sessions share these digits. */
  taintTag(tag: string): void {
    for (const id of this.#known.keys()) if (sessionTag(id) === tag) this.taint(id);
  }

  taintAll(): void {
    for (const id of this.#known.keys()) this.taint(id);
  }

  #forget(id: SessionId, read: Read): void {
    const left = this.#known.get(id)?.filter((other) => other !== read) ?? [];
    if (left.length > 0) this.#known.set(id, left);
    else this.#known.delete(id);
  }
}
