import type { LockScope } from '../../events/catalogue';
import type { Budget, CounterRule } from '../../store/counters';
import type { Counted } from './count';

/** What a failure has locked. */
export interface Lock {
  readonly scope: LockScope;
  readonly failures: number;
  /** Infinity: until it is unlocked. */
  readonly heldUntil: number;
}

/** The widest lock that what was counted came to; undefined for none. */
export function lockIn({ budget, counters }: Counted): Lock | undefined {
  const place = rulesOf(budget).findIndex(
    ({ locksFrom }, index) => locksFrom !== null && counters[index]!.count >= locksFrom,
  );
  const counter = counters[place];
  return counter && { scope: scopeOf(budget, place), failures: counter.count, heldUntil: counter.heldUntil };
}

/** The leader first, as its counters are given. */
function rulesOf({ leader, followers }: Budget): readonly CounterRule[] {
  return [leader, ...followers];
}

/** What a counter at this place of the budget locks. */
export function scopeOf({ known }: Pick<Budget, 'known'>, place: number): LockScope {
  if (place === 0) return 'account';
  return known === null ? 'address' : 'device';
}
