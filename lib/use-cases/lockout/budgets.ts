import type { AuditEntry } from '../../domain/audit-entry';
import type { CounterId } from '../../domain/slotted-id';
import { addressWindow, type LockCounts, type LockoutSchedules } from '../../policies/lockout';
import type { LockScope } from '../../events/catalogue';
import type { Budget, CounterRule } from '../../store/counters';
import { auditEntry, type AuditRules } from '../audit';
import { systemActor } from '../ending';
import { scopeOf } from './lock';
import type { AccountCounters, Subject } from './subject';

/** How failures are counted. */
export interface CountingRules {
  readonly schedules: LockoutSchedules;
  readonly locks: LockCounts;
}

/** The entry of a lock, with what it holds as its reason. */
type Lockings = (scope: LockScope) => AuditEntry;

type BudgetsAt = (write: { readonly at: number }, audit: AuditRules) => readonly Budget[];

/** The first that applies counts: of a device that has signed in to the account before its own, of any other the account's. */
export function accountBudgets(account: AccountCounters, rules: CountingRules, { ip }: Subject): BudgetsAt {
  return ({ at }, audit) => {
    // Written where the failure locks the account, wholly or from this address or device.
    const entryOf: Lockings = (reason) =>
      auditEntry(audit, at, 'account_locked', {
        actor: systemActor,
        sessionId: null,
        reason,
        ip,
        subject: account.name,
      });
    return budgetsOf(account, rules, entryOf);
  };
}

/** Those that count for an account from one address or device as well as for all of it. Not to be counted on: they are not audited. */
export function followedBudgets(account: AccountCounters, rules: CountingRules): readonly Budget[] {
  return budgetsOf(account, rules, null).filter(({ followers }) => followers.length > 0);
}

export function addressBudget(address: CounterId, rules: CountingRules): BudgetsAt {
  return () => [budgetOf({ ...ruleOf(address, 'address', rules), window: addressWindow })];
}

export function abandonedBudget({ abandoned }: AccountCounters): BudgetsAt {
  return () => [budgetOf({ id: abandoned, holds: [0], window: null, locksFrom: null })];
}

function budgetsOf(account: AccountCounters, rules: CountingRules, entryOf: Lockings | null): readonly Budget[] {
  return [...knownBudget(account, rules), strangersBudget(account, rules)].map((budget) =>
    audited(budget, entryOf),
  );
}

function audited(budget: Budget, entryOf: Lockings | null): Budget {
  const count = 1 + budget.followers.length;
  return {
    ...budget,
    audit: entryOf && Array.from({ length: count }, (_, place) => entryOf(scopeOf(budget, place))),
  };
}

function knownBudget({ device, knownDevices }: AccountCounters, rules: CountingRules): readonly Budget[] {
  if (device === null) return [];
  const leader = ruleOf(knownDevices, 'knownDevices', rules);
  return [{ known: device, leader, followers: [ruleOf(device, 'device', rules)], audit: null }];
}

function strangersBudget({ strangers, pair }: AccountCounters, rules: CountingRules): Budget {
  const followers = pair === null ? [] : [ruleOf(pair, 'pair', rules)];
  return { known: null, leader: ruleOf(strangers, 'account', rules), followers, audit: null };
}

function budgetOf(leader: CounterRule): Budget {
  return { known: null, leader, followers: [], audit: null };
}

function ruleOf(id: CounterId, kind: keyof LockCounts, { schedules, locks }: CountingRules): CounterRule {
  return { id, holds: schedules[kind], window: null, locksFrom: locks[kind] };
}
