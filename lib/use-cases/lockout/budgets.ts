import type { AuditEntry } from '../../domain/audit-entry';
import type { CounterId } from '../../domain/slotted-id';
import { addressWindow, type LockoutSchedules, mostFailures } from '../../policies/lockout';
import type { Budget, CounterRule } from '../../store/counters';
import { auditEntry } from '../audit';
import { systemActor } from '../ending';
import type { AccountCounters, Subject } from './subject';

/** How failures are counted. */
export interface CountingRules {
  readonly schedules: LockoutSchedules;
  /** The failure from which on an account is locked. */
  readonly locked: number;
}

type BudgetsAt = (write: { readonly at: number }) => readonly Budget[];

/** The first that applies counts: of a device that has signed in to the account before its own, of any other the account's. */
export function accountBudgets(account: AccountCounters, rules: CountingRules, { ip }: Subject): BudgetsAt {
  return ({ at }) => {
    // Written where the failure locks the account.
    const entry = auditEntry(at, 'account_locked', { actor: systemActor, sessionId: null, ip });
    return [...knownBudget(account, rules, entry), strangersBudget(account, rules, entry)];
  };
}

export function addressBudget(address: CounterId, { schedules }: CountingRules): BudgetsAt {
  return () => [budgetOf(ruleOf(address, schedules.address, addressWindow))];
}

export function abandonedBudget({ abandoned }: AccountCounters): BudgetsAt {
  return () => [budgetOf(ruleOf(abandoned, [0]))];
}

function knownBudget(
  { device, knownDevices }: AccountCounters,
  { schedules }: CountingRules,
  entry: AuditEntry,
): readonly Budget[] {
  if (device === null) return [];
  const leader = ruleOf(knownDevices, schedules.knownDevices);
  const followers = [ruleOf(device, schedules.device)];
  return [{ known: device, leader, followers, audit: { from: mostFailures.knownDevices, entry } }];
}

function strangersBudget(
  { strangers, pair }: AccountCounters,
  { schedules, locked }: CountingRules,
  entry: AuditEntry,
): Budget {
  const leader = ruleOf(strangers, schedules.account);
  const followers = pair === null ? [] : [ruleOf(pair, schedules.pair)];
  return { known: null, leader, followers, audit: { from: locked, entry } };
}

function budgetOf(leader: CounterRule): Budget {
  return { known: null, leader, followers: [], audit: null };
}

function ruleOf(id: CounterId, holds: readonly number[], window: number | null = null): CounterRule {
  return { id, holds, window };
}
