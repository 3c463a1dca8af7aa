import { mostFailures } from '../../policies/lockout';
import { abandonedBudget, accountBudgets, addressBudget, type CountingRules } from './budgets';
import { count, type Counted, isOfKnownDevice } from './count';
import { type Hold, holdIn } from './hold';
import { type Lock, lockIn } from './lock';
import { probe } from './probe';
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
  onLock: (lock: Lock) => void,
): Promise<Hold | undefined> {
  const { account, address } = subject;
  const byAccount =
    account && (await count(backend, accountBudgets(account, rules, subject), { user: account.user }));
  if (byAccount?.isHeld) return toldHold(byAccount);
  const lock = byAccount && lockIn(byAccount);
  if (lock) onLock(lock);
  if (!address || isOfKnownDevice(byAccount)) return undefined;
  const byAddress = await count(backend, addressBudget(address, rules));
  return byAddress.isHeld ? toldHold(byAddress) : undefined;

  /** What a right guess is told at this moment: by another time to wait it would show among the wrong ones (A70). */
  async function toldHold(counted: Counted): Promise<Hold | undefined> {
    return (await probe(rules, backend, subject)) ?? holdIn(counted);
  }
}

/** An attempt that was abandoned fails on no account; an address that makes them by the hundred is held all the same. */
export async function countAbandoned(rules: CountingRules, backend: Backend, { address }: Subject): Promise<void> {
  if (address) await count(backend, addressBudget(address, rules));
}

/** Whether leaving before the answer is still no failure: whoever leaves before each must not guess for nothing. 1 round trip. */
export async function mayAbandon(backend: Backend, account: AccountCounters): Promise<boolean> {
  const { counters } = await count(backend, abandonedBudget(account));
  return counters[0]!.count <= mostFailures.abandoned;
}
