import { isoTime } from '../../domain/iso-time';
import { judgeCounter } from '../../policies/lockout';
import type { Counter } from '../../store/counters';
import { type CountingRules, type followedBudgets } from './budgets';
import { count, type Counted } from './count';
import type { AccountState } from './outcomes';
import type { AccountCounters } from './subject';
import type { Backend } from './tally';

interface Standing extends Counter {
  readonly locksFrom: number;
}

/**
 * How an account stands: for strangers and for the devices it knows, and from the address and the device that are given, whichever
 * has longest to wait. 1 round trip.
 */
export async function accountState(
  { locks }: CountingRules,
  backend: Backend,
  account: AccountCounters,
  followed: ReturnType<typeof followedBudgets> = [],
): Promise<AccountState> {
  const { store, time } = backend;
  const at = await time.at();
  const [leaders, ...counts] = await Promise.all([
    store.findCounters([account.strangers, account.knownDevices]),
    // Asked, not read: a follower's count holds only for the series of its leader.
    ...followed.map((budget) => count(backend, () => [budget], { probe: true, user: account.user })),
  ]);
  const standings: Standing[] = [
    { ...leaders[0]!, locksFrom: locks.account },
    { ...leaders[1]!, locksFrom: locks.knownDevices },
    ...counts.flatMap(followersOf),
  ];
  const longest = standings.reduce((one, other) => (other.heldUntil > one.heldUntil ? other : one));
  const status = judgeCounter(longest, at, longest.locksFrom);
  return {
    account: account.name,
    status,
    failures: leaders.reduce((sum, leader) => sum + leader.count, 0),
    until: status === 'delayed' || status === 'suspended' ? isoTime(longest.heldUntil) : null,
  };
}

export function isLocked({ status }: AccountState): boolean {
  return status === 'suspended' || status === 'blocked';
}

function followersOf({ budget, counters }: Counted): Standing[] {
  return budget.followers.map(({ locksFrom }, index) => ({
    ...counters[index + 1]!,
    locksFrom: locksFrom ?? Infinity,
  }));
}
