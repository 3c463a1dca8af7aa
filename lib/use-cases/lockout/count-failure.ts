import { mostFailures } from '../../policies/lockout';
import type { Counter } from '../../store/counters';
import { abandonedBudget, accountBudgets, addressBudget, type CountingRules } from './budgets';
import { count, type Counted, isOfKnownDevice } from './count';
import { type Hold, holdIn } from './hold';
import type { AccountCounters, Subject } from './subject';
import type { Backend } from './tally';

/**
 * Counts a failure; a hold where it came too late, since others have used up the budget since it was probed. 1 round trip for its
 * account, and then 1 for its address unless the account knows the device: what is refused for its account counts for nobody.
 */
export async function countFailure(
  rules: CountingRules,
  backend: Backend,
  subject: Subject,
  onLock: (counter: Counter) => void,
): Promise<Hold | undefined> {
  const { account, address } = subject;
  const byAccount =
    account && (await count(backend, accountBudgets(account, rules, subject), { user: account.user }));
  if (byAccount?.isHeld) return holdIn(byAccount);
  if (byAccount && isLocking(byAccount)) onLock(byAccount.counters[0]!);
  if (!address || isOfKnownDevice(byAccount)) return undefined;
  return holdIn(await count(backend, addressBudget(address, rules)));
}

/** Whether leaving before the answer is still no failure: whoever leaves before each must not guess for nothing. 1 round trip. */
export async function mayAbandon(backend: Backend, account: AccountCounters): Promise<boolean> {
  const { counters } = await count(backend, abandonedBudget(account));
  return counters[0]!.count <= mostFailures.abandoned;
}

function isLocking({ budget, counters }: Counted): boolean {
  return budget.audit !== null && counters[0]!.count >= budget.audit.from;
}
