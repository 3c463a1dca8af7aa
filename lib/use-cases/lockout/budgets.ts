import type { AuditEntry } from '../../domain/audit-entry';
import type { CounterId } from '../../domain/slotted-id';
import { addressWindow, type LockCounts, type LockoutSchedules } from '../../policies/lockout';
import type { Budget, CounterRule } from '../../store/counters';
import { auditEntry } from '../audit';
import { systemActor } from '../ending';
import type { AccountCounters, Subject } from './subject';

/** How failures are counted. */
export interface CountingRules {
  readonly schedules: LockoutSchedules;
  readonly locks: LockCounts;
}

type BudgetsAt = (write: { readonly at: number }) => readonly Budget[];

/** The first that applies counts: of a device that has signed in to the account before its own, of any other the account's. */
export function accountBudgets(account: AccountCounters, rules: CountingRules, { ip }: Subject): BudgetsAt {
  return ({ at }) => {
    // Written where the failure locks the account, wholly or from this address or device.
    return budgetsOf(account, rules, auditEntry(at, 'account_locked', { actor: systemActor, sessionId: null, ip }));
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

function budgetsOf(account: AccountCounters, rules: CountingRules, audit: AuditEntry | null): readonly Budget[] {
  return [...knownBudget(account, rules, audit), strangersBudget(account, rules, audit)];
}

function knownBudget(
  { device, knownDevices }: AccountCounters,
  rules: CountingRules,
  audit: AuditEntry | null,
): readonly Budget[] {
  if (device === null) return [];
  const leader = ruleOf(knownDevices, 'knownDevices', rules);
  return [{ known: device, leader, followers: [ruleOf(device, 'device', rules)], audit }];
}

function strangersBudget(
  { strangers, pair }: AccountCounters,
  rules: CountingRules,
  audit: AuditEntry | null,
): Budget {
  const followers = pair === null ? [] : [ruleOf(pair, 'pair', rules)];
  return { known: null, leader: ruleOf(strangers, 'account', rules), followers, audit };
}

function budgetOf(leader: CounterRule): Budget {
  return { known: null, leader, followers: [], audit: null };
}

function ruleOf(id: CounterId, kind: keyof LockCounts, { schedules, locks }: CountingRules): CounterRule {
  return { id, holds: schedules[kind], window: null, locksFrom: locks[kind] };
}
