import type { UserKey } from '../../domain/session-id';
import type { Retention } from '../../store/retention';
import { User } from './user';

/** Every user with sessions, and of the others as many as fit: the longest idle is forgotten first. */
export class Users {
  readonly #users = new Map<UserKey, User>();
  readonly #max: number;
  readonly #retention: Retention;

  /** `max` must exceed the number of users that can have sessions or tombstones. */
  constructor(max: number, retention: Retention) {
    this.#max = max;
    this.#retention = retention;
  }

  get size(): number {
    return this.#users.size;
  }

  get(key: UserKey): User | undefined {
    return this.#users.get(key);
  }

  keys(): Iterator<UserKey, undefined> {
    return this.#users.keys();
  }

  /** The user, new where nothing is known. */
  open(key: UserKey): User {
    const known = this.#users.get(key);
    if (known) return known;
    if (this.#users.size >= this.#max) this.#forgetOne();
    const user = new User(this.#retention);
    this.#users.set(key, user);
    return user;
  }

  collect(now: number): void {
    for (const [key, user] of this.#users) {
      user.collectHistory(now);
      if (user.isEmpty && user.collectAt <= now) this.#users.delete(key);
    }
  }

  /** Users with sessions move to the end of the queue, so that no search is long twice. */
  #forgetOne(): void {
    for (const [key, user] of this.#users) {
      this.#users.delete(key);
      if (user.isEmpty) return;
      this.#users.set(key, user);
    }
  }
}
