import { type SessionId, type UserKey, userTag } from '../domain/session-id';
import type { SessionRecord } from '../domain/session-record';
import type { SessionWatcher } from '../store/watching';
import { Entries, type Entry } from './entries';
import { type Read, Reads } from './reads';
import { tokenKey } from './token-key';

export interface NearCacheOptions {
  readonly maxEntries: number;
  /** Milliseconds: no entry is served that was read longer ago. */
  readonly maxStale: number;
  /** Milliseconds: no read takes longer. */
  readonly deadline: number;
  /** Monotonic, in milliseconds. */
  readonly now: () => number;
  readonly find: (id: SessionId) => Promise<SessionRecord | undefined>;
}

/**
 * What tokens were worth when the store was last asked, for as long as the store tells of every change. Three things make an answer
 * from here as good as one from the store: what changed is dropped before the change is acknowledged on this node and as soon
 * as the push arrives on others; what was read while something changed is not kept; and when the push is lost, so is everything.
 * `maxStale` bounds the rest: a push that is cut off and nobody notices.
 */
export class NearCache<Value> implements SessionWatcher {
  readonly #options: NearCacheOptions;
  readonly #entries: Entries<Value>;
  readonly #reads = new Reads();
  #isArmed = false;

  constructor(options: NearCacheOptions) {
    this.#options = options;
    this.#entries = new Entries(options.maxEntries);
  }

  get size(): number {
    return this.#entries.size;
  }

  /** What was kept for a token, unless it is too old. */
  get(token: string): Value | undefined {
    if (this.#entries.size === 0) return undefined;
    const entry = this.#entries.get(tokenKey(token));
    return entry && this.#isFresh(entry) ? entry.value : undefined;
  }

  /**
   * Reads a session, or joins a read under way: one that began so lately that its answer, however long it takes, is not older than
   * `maxStale`.
   */
  read(id: SessionId): Read {
    const { now, find, maxStale, deadline } = this.#options;
    const startedAt = now();
    if (!this.#isArmed) return { record: find(id), startedAt, mayBeKept: false, isOver: false };
    return this.#reads.find(id, startedAt - (maxStale - deadline)) ?? this.#reads.begin(id, startedAt, find(id));
  }

  /** To be called in the turn of the event loop in which the read came back: of changes after that it hears no more. */
  keep(token: string, id: SessionId, read: Read, value: Value): void {
    if (!read.mayBeKept) return;
    this.#entries.set(tokenKey(token), { id, value, readAt: read.startedAt });
  }

  armed(): void {
    this.#forgetAll();
    this.#isArmed = true;
  }

  changed(id: SessionId): void {
    this.#reads.taint(id);
    this.#entries.drop(id);
  }

  changedAll(user: UserKey): void {
    const tag = userTag(user);
    this.#reads.taintTag(tag);
    this.#entries.dropTag(tag);
  }

  lost(): void {
    this.#isArmed = false;
    this.#forgetAll();
  }

  #forgetAll(): void {
    this.#reads.taintAll();
    this.#entries.clear();
  }

  #isFresh({ readAt }: Entry<Value>): boolean {
    const age = this.#options.now() - readAt;
    // A clock that was set back says nothing of age.
    return age >= 0 && age < this.#options.maxStale;
  }
}
