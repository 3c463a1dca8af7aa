import type { Context } from '../context';
import type { Lockout } from '../lockout/lockout';
import { eraseUser } from './erase-user';
import { exportUser } from './export-user';
import type { AccountsOption, EraseUserOptions } from './inputs';
import type { EraseUserOutcome, UserExport } from './outcomes';

/** What a person may ask for: everything that is kept of them, and that it be forgotten (GDPR articles 15, 17 and 20). */
export class SessionPrivacy<Data extends object = Record<string, unknown>> {
  readonly #context: Context;
  readonly #lockout: Lockout;

  /** @internal */
  constructor(context: Context, lockout: Lockout) {
    this.#context = context;
    this.#lockout = lockout;
  }

  /**
   * All that is kept of a user, as one object that is plain JSON: sessions with the app's data, history, limit, one-time tokens, what
   * administrators called about them, entries on their way to sinks. Never a token, a digest or a secret. It is held in memory as a whole,
   * about 1 kB a session. Some ten round trips, and one for each hundred sessions, each thousand calls in the access log and each
   * thousand entries of the feed: for offices, not for pages.
   *
   * @throws SessionError `request_invalid` for what is no user id, or no list of accounts; `store_unavailable`
   */
  export(userId: string, options: AccountsOption = {}): Promise<UserExport<Data>> {
    return exportUser(this.#context, this.#lockout, userId, options) as Promise<UserExport<Data>>;
  }

  /**
   * Forgets a user: ends all of their sessions at once, on every node, and removes whatever `export` would show; in the log of the
   * administrators' API the calls stay, and name nobody. Sign-ins that are under way are refused. What remains is an instant under a hash of the user's id, for 400
   * days: it keeps those out. Entries that sinks took before are the app's to remove. Safe to repeat, also where it failed half-way, and
   * for a user who is not known. A few round trips, one for each thousand calls in the access log and each thousand entries of the feed;
   * with `accounts` one more for each hundred sessions.
   *
   * @throws SessionError `request_invalid` for what is no user id, or no list of accounts; `store_unavailable`: then call it again
   */
  erase(userId: string, options: EraseUserOptions = {}): Promise<EraseUserOutcome> {
    return eraseUser(this.#context, userId, options);
  }
}
