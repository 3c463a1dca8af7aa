import { type SessionId, sessionTag } from '../domain/session-id';
import type { TokenKey } from './token-key';

/** What a token opened when it was last judged. */
export interface Entry<Value> {
  readonly id: SessionId;
  readonly value: Value;
  /** When the read behind it began, on the cache's clock. */
  readonly readAt: number;
}

/**
 * Entries by token, found again by session and by the three digits that the sessions of a user share. The oldest makes room: each is
 * read anew after a few seconds anyway, so the order of reading is the order of use.
 */
export class Entries<Value> {
  readonly #max: number;
  readonly #byToken = new Map<TokenKey, Entry<Value>>();
  /** A session has one token as a rule, and two around a rotation. */
  readonly #byTag = new Map<string, Map<SessionId, TokenKey[]>>();

  constructor(max: number) {
    this.#max = max;
  }

  get size(): number {
    return this.#byToken.size;
  }

  get(key: TokenKey): Entry<Value> | undefined {
    return this.#byToken.get(key);
  }

  set(key: TokenKey, entry: Entry<Value>): void {
    this.#remove(key);
    if (this.#byToken.size >= this.#max) this.#remove(this.#byToken.keys().next().value!);
    this.#byToken.set(key, entry);
    const tag = sessionTag(entry.id);
    const sessions = this.#byTag.get(tag) ?? new Map<SessionId, TokenKey[]>();
    this.#byTag.set(tag, sessions);
    const keys = sessions.get(entry.id);
    if (keys) keys.push(key);
    else sessions.set(entry.id, [key]);
  }

  drop(id: SessionId): void {
    const keys = this.#byTag.get(sessionTag(id))?.get(id);
    if (keys) for (const key of [...keys]) this.#remove(key);
  }

  /** Those of every user with these digits: some 25 sessions of 100,000. */
  dropTag(tag: string): void {
    const sessions = this.#byTag.get(tag);
    if (sessions) for (const id of [...sessions.keys()]) this.drop(id);
  }

  clear(): void {
    this.#byToken.clear();
    this.#byTag.clear();
  }

  #remove(key: TokenKey): void {
    const entry = this.#byToken.get(key);
    if (!entry) return;
    this.#byToken.delete(key);
    const tag = sessionTag(entry.id);
    const sessions = this.#byTag.get(tag)!;
    const keys = sessions.get(entry.id)!.filter((other) => other !== key);
    if (keys.length > 0) sessions.set(entry.id, keys);
    else sessions.delete(entry.id);
    if (sessions.size === 0) this.#byTag.delete(tag);
  }
}
