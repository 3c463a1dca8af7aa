import type { Client } from '../../domain/client';
import type { HistoryEntry } from '../../domain/history-entry';
import type { Page } from '../../domain/session-view';
import { refuseUnknown } from '../../options/read-options';
import { lockCounts, lockoutSchedules } from '../../policies/lockout';
import type { SessionStore } from '../../store/session-store';
import { invalidField } from '../check';
import type { Context } from '../context';
import { readActor, systemActor, userActor } from '../ending';
import { historyUnder } from '../history';
import type { ActorOption, HistoryOptions } from '../inputs';
import { accountState, isLocked } from './account-state';
import { type CountingRules, followedBudgets } from './budgets';
import { countAbandoned, countFailure, mayAbandon } from './count-failure';
import { verdictOn } from './hold';
import type { Lock } from './lock';
import type {
  AccountState,
  AttemptInput,
  FailureOptions,
  LockoutVerdict,
  SuccessOptions,
  UnlockOutcome,
} from './outcomes';
import { probe } from './probe';
import { release } from './release';
import { type AccountCounters, deviceCounter, type Subject, subjectOf } from './subject';
import { Tally } from './tally';

/**
 * Failed logins, counted per account, per address and per pair of both (`lockout` option), and what they lock. `loginGuard` does all
 * of it for a route; these are for apps without it, and for administrators.
 *
 * A login asks `check` before the password is read, and tells `recordFailure` or `recordSuccess` before it answers; any of them may
 * refuse, and then that is the answer. So whatever runs in parallel, no more guesses are answered than the budgets allow.
 *
 * Nothing here asks whether an account exists: one that does not is counted and locked exactly as one that does. A lock touches no
 * live session. Where the store does not answer, methods throw `store_unavailable`, or count in this process' memory with
 * `whenUnavailable: 'memory'`.
 */
export class Lockout {
  readonly #context: Context;
  readonly #tally: Tally;
  readonly #rules: CountingRules;

  /** @internal */
  constructor(context: Context, openMemory: () => SessionStore) {
    const { lockout } = context.settings;
    this.#context = context;
    this.#tally = new Tally(context, openMemory);
    this.#rules = { schedules: lockoutSchedules(lockout), locks: lockCounts(lockout) };
  }

  /**
   * Whether a login may be tried now; ask before the password is read. Writes nothing. Also the last word on a right password that
   * signs nobody in yet, since a second factor is owed: where it is refused then, answer that, and begin no second factor. 1
   * round trip.
   *
   * @throws SessionError `request_invalid` for an account that is no text; `store_unavailable`
   */
  async check(input: AttemptInput): Promise<LockoutVerdict> {
    const subject = subjectIn(input, 'check');
    return verdictOn(await this.#tally.run((backend) => probe(this.#rules, backend, subject)));
  }

  /**
   * Counts a failed login; call it before the answer goes out. `refused`: parallel guesses have used up the budget since `check`. For
   * its account nothing was counted then, unless it is the address alone that is held: that is asked once the account has counted. Answer the refusal in place of "wrong password", or whoever guesses in parallel learns more than the
   * budget allows; where it throws, do not answer the guess either. 2 round trips, 1 where the account knows the device, and 1 more for a refusal.
   *
   * @throws SessionError `request_invalid` for an account that is no text; `store_unavailable`
   */
  async recordFailure(input: AttemptInput, options: FailureOptions = {}): Promise<LockoutVerdict> {
    const { clientLeft = false } = refuseUnknown(options, ['clientLeft'], 'recordFailure') as FailureOptions;
    const subject = subjectIn(input, 'recordFailure');
    const { account } = subject;
    const hold = await this.#tally.run(async (backend) => {
      if (clientLeft && (!account || (await mayAbandon(backend, account)))) {
        await countAbandoned(this.#rules, backend, subject);
        return undefined;
      }
      return countFailure(this.#rules, backend, subject, (lock) => this.#announceLock(account!.name, lock));
    });
    return verdictOn(hold);
  }

  /**
   * Forgets the failures of the account that is signed in to, and makes the device known to it, which gives it a budget of its
   * own; call it before the session is made. `refused`: parallel guesses have used up the budget since `check`, and nothing was
   * changed. Do not sign in then, and answer the refusal, or the right guess among them shows. The failures of the address stay:
   * whoever has one account could otherwise guess at others for ever. 2 round trips.
   *
   * @throws SessionError `request_invalid` for an account that is no text; `store_unavailable`
   */
  async recordSuccess(input: AttemptInput, options: SuccessOptions = {}): Promise<LockoutVerdict> {
    const { deviceId } = refuseUnknown(options, ['deviceId'], 'recordSuccess') as SuccessOptions;
    const subject = subjectIn(input, 'recordSuccess');
    const { account } = subject;
    const [hold, state] = await this.#tally.run((backend) =>
      Promise.all([probe(this.#rules, backend, subject), account && accountState(this.#rules, backend, account)]),
    );
    if (!hold && account) {
      // A known device may get in while strangers are locked out: the right password lifts that as an administrator does.
      const wasLocked = state !== null && isLocked(state);
      const known = deviceId === undefined ? account.device : deviceCounter(account, deviceId);
      const told = { actor: userActor, isAudited: wasLocked, known };
      await this.#tally.everywhere((backend) => release(backend, account, told));
      if (wasLocked) this.#context.events.emit('account.unlocked', { account: account.name, actor: userActor });
    }
    const verdict = verdictOn(hold);
    return verdict.status === 'open' && state?.failures ? { ...verdict, failures: state.failures } : verdict;
  }

  /** @internal How many failures the account of an attempt has; 0 where it names none. 1 round trip. */
  async failuresOf(input: AttemptInput): Promise<number> {
    const { account } = subjectIn(input, 'failuresOf');
    if (!account) return 0;
    return (await this.#tally.run((backend) => accountState(this.#rules, backend, account))).failures;
  }

  /**
   * How an account stands: for whom it does not know and for its known devices, whichever has longer to wait. With a client
   * (`ip`, `deviceId`) also from that address and that device, where it may be locked though nowhere else. 1 round trip.
   *
   * @throws SessionError `request_invalid` without an account; `store_unavailable`
   */
  async state(account: string, client?: Client): Promise<AccountState> {
    const counters = accountNamed(account, client);
    const followed = followedBudgets(counters, this.#rules);
    return this.#tally.run((backend) => accountState(this.#rules, backend, counters, followed));
  }

  /**
   * A page of an account's locks and unlocks, newest first. It is no user's history: where they sign in by email, that of the
   * user is under his id. 1 round trip.
   *
   * @throws SessionError `request_invalid` without an account, or for an unusable cursor; `store_unavailable`
   */
  async history(account: string, options: HistoryOptions = {}): Promise<Page<HistoryEntry>> {
    const { user, name } = accountNamed(account);
    return historyUnder(this.#context, user, name, options);
  }

  /**
   * Forgets an account's failures, from wherever they came, and so lifts all of its locks: also from one address or device. In its
   * history, and emitted, where there were any. 1 round trip.
   *
   * @throws SessionError `request_invalid` without an account; `store_unavailable`
   */
  async unlock(account: string, options: ActorOption = {}): Promise<UnlockOutcome> {
    const { actor: given = systemActor } = refuseUnknown(options, ['actor'], 'unlock') as ActorOption;
    const counters = accountNamed(account);
    const actor = readActor(given);
    const forgot = await this.#tally.everywhere((backend) =>
      release(backend, counters, { actor, isAudited: true }),
    );
    const isUnlocked = forgot.includes(true);
    if (isUnlocked) this.#context.events.emit('account.unlocked', { account: counters.name, actor });
    return { status: isUnlocked ? 'unlocked' : 'not-locked' };
  }

  #announceLock(account: string, { scope, failures, heldUntil }: Lock): void {
    const isForGood = heldUntil === Infinity;
    this.#context.events.emit('account.locked', {
      account,
      scope,
      status: isForGood ? 'blocked' : 'suspended',
      failures,
      until: isForGood ? null : heldUntil,
    });
  }
}

function subjectIn(input: AttemptInput, method: string): Subject {
  refuseUnknown(input, ['account', 'client'], method);
  return subjectOf(input.account, input.client);
}

function accountNamed(account: unknown, client?: Client): AccountCounters {
  const counters = subjectOf(account, client).account;
  if (!counters) throw invalidField('account', 'text', '');
  return counters;
}
