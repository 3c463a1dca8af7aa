import { isoTime } from '../../domain/iso-time';
import { judgeCounter } from '../../policies/lockout';
import type { AccountState } from './outcomes';
import type { AccountCounters } from './subject';
import type { Backend } from './tally';

/** How an account stands: for strangers and for the devices it knows, whichever has longer to wait. 1 round trip. */
export async function accountState(
  { store, time }: Backend,
  { name, strangers, knownDevices }: AccountCounters,
  locked: number,
): Promise<AccountState> {
  const at = await time.at();
  const counters = await store.findCounters([strangers, knownDevices]);
  const longest = counters.reduce((one, other) => (other.heldUntil > one.heldUntil ? other : one));
  const status = judgeCounter(longest, at, locked);
  return {
    account: name,
    status,
    failures: counters.reduce((sum, { count }) => sum + count, 0),
    until: status === 'delayed' || status === 'suspended' ? isoTime(longest.heldUntil) : null,
  };
}

export function isLocked({ status }: AccountState): boolean {
  return status === 'suspended' || status === 'blocked';
}
