import type { AccessLogEntry } from '../domain/access-log-entry';
import type { Page } from '../domain/session-view';
import { readAccessLog, recordAccess, type AccessRecord } from './access-log';
import type { Context } from './context';
import { askHook, type ProblemOf } from './hooks';
import type { AccessLogOptions } from './inputs';
import { countRefusedCall, findRefusedHold, type RefusedCaller, type RefusedCallVerdict } from './refused-calls';

/** Who called the administrators' API, and what they called: every call that `adminRouter` answered. */
export class AdminAccess {
  readonly #context: Context;

  /** @internal */
  constructor(context: Context) {
    this.#context = context;
  }

  /**
   * A page of the calls, newest first; the last ten thousand of a year are kept, and beside them the last thousand by nobody who could be
   * told (`actor: null`). With `actor` only those of one secret or
   * administrator, and then a page may hold fewer than there are, or none, and still have a `nextCursor`. 1 round trip.
   *
   * @throws SessionError `request_invalid` for a cursor that is not from here, or from a page of another actor
   */
  history(options: AccessLogOptions = {}): Promise<Page<AccessLogEntry>> {
    return readAccessLog(this.#context, options);
  }

  /** @internal Logs a call. */
  record(call: AccessRecord): Promise<void> {
    return recordAccess(this.#context, call);
  }

  /** @internal Counts a call that was refused. */
  countRefused(caller: RefusedCaller): Promise<RefusedCallVerdict> {
    return countRefusedCall(this.#context, caller);
  }

  /** @internal For how many seconds calls have to wait, for those that were refused; 0: they need not. */
  findHold(caller: RefusedCaller): Promise<number> {
    return findRefusedHold(this.#context, caller);
  }

  /** @internal The time on the store's clock, as API secrets are judged by it. */
  at(): number | Promise<number> {
    return this.#context.time.at();
  }

  /** @internal Asks the app's `authorize`. */
  ask<Answer>(ask: () => unknown, problemOf: ProblemOf): Promise<Answer> {
    return askHook<Answer>(this.#context, { hook: 'authorize', userId: null }, ask, problemOf);
  }
}
