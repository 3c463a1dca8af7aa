import { accountBudgets, addressBudget, type CountingRules } from './budgets';
import { count, isOfKnownDevice } from './count';
import { type Hold, holdIn } from './hold';
import type { Subject } from './subject';
import type { Backend } from './tally';

/**
 * Whether an attempt would be refused now. Writes nothing. 1 round trip for its account, and 1 at the same time for its address.
 *
 * A device that has signed in to the account passes whatever its address has done: whoever shares the owner's network must not be
 * able to lock the owner out (C-lockout-DoS).
 */
export async function probe(rules: CountingRules, backend: Backend, subject: Subject): Promise<Hold | undefined> {
  const { account, address } = subject;
  const [byAccount, byAddress] = await Promise.all([
    account && count(backend, accountBudgets(account, rules, subject), { probe: true, user: account.user }),
    address && count(backend, addressBudget(address, rules), { probe: true }),
  ]);
  return holdIn(byAccount, isOfKnownDevice(byAccount) ? null : byAddress);
}
