import { userKey, type UserKey } from '../../domain/session-id';
import type { Budget, Counter } from '../../store/counters';
import type { Write } from '../../store/commands';
import type { AuditRules } from '../audit';
import type { Backend } from './tally';

/** What one `count` came to. */
export interface Counted {
  readonly at: number;
  /** Nothing was counted. */
  readonly isHeld: boolean;
  readonly budget: Budget;
  /** Those of the budget, the leader first. */
  readonly counters: readonly Counter[];
}

interface Options {
  /** Only asks whether it would be counted. */
  readonly probe?: boolean;
  readonly user?: UserKey | undefined;
}

const nobody = userKey('');

/** Counts a failure on the first of the budgets that applies. 1 round trip. */
export async function count(
  { settings, store, time }: Backend,
  budgetsAt: (write: Write, audit: AuditRules) => readonly Budget[],
  { probe = false, user = nobody }: Options = {},
): Promise<Counted> {
  const write = await time.stamp();
  const budgets = budgetsAt(write, settings);
  const { status, budget, counters } = await store.count({ ...write, user, budgets, probe });
  return { at: write.at, isHeld: status === 'held', budget: budgets[budget]!, counters };
}

/** Whether a budget of known devices applied; their failures are no address's. */
export function isOfKnownDevice(counted: Counted | null): boolean {
  return counted !== null && counted.budget.known !== null;
}
