import type { LockoutThresholds } from '../domain/lockout-thresholds';

/** How long the first, second, … failure holds each kind of counter, in milliseconds; the last stands for all beyond. */
export interface LockoutSchedules {
  /** Of all devices that have never signed in to the account. */
  readonly account: readonly number[];
  /** Of one device that has. */
  readonly device: readonly number[];
  /** Of all such devices of an account together. */
  readonly knownDevices: readonly number[];
  /** Of an account from one address. */
  readonly pair: readonly number[];
  readonly address: readonly number[];
}

/** The failure from which on each kind of counter is locked: its holds are more than delays. */
export type LockCounts = Readonly<Record<keyof LockoutSchedules, number>>;

/** How an account stands: `delayed` for a moment, `suspended` for a time, `blocked` until it is unlocked. */
export type LockStatus = 'open' | 'delayed' | 'suspended' | 'blocked';

/**
 * NIST SP 800-63B-4 section 3.2.2: at most 100 consecutive failures of one account, whatever is configured. Each counter on which
 * they are counted ends with its share, and so many attempts count on neither because their client left: a guess may show all the
 * same, by what a right one would have changed.
 */
export const mostFailures = { account: 75, knownDevices: 20, abandoned: 5 } as const;

/** The failures of an address are forgotten so long after the first of them. */
export const addressWindow = 3_600_000;

const second = 1_000;
const blockedRetrySeconds = 3_600;

export function lockoutSchedules(thresholds: LockoutThresholds): LockoutSchedules {
  const { duration, maxFailuresPerPair, maxFailuresPerAddress } = thresholds;
  const account = accountSchedule(thresholds);
  return {
    account,
    device: account,
    knownDevices: lastOf(mostFailures.knownDevices, Infinity),
    pair: lastOf(maxFailuresPerPair, duration),
    address: lastOf(maxFailuresPerAddress, duration),
  };
}

export function lockCounts(thresholds: LockoutThresholds): LockCounts {
  const account = Math.min(thresholds.maxFailures, mostFailures.account);
  return {
    account,
    device: account,
    knownDevices: mostFailures.knownDevices,
    pair: thresholds.maxFailuresPerPair,
    address: thresholds.maxFailuresPerAddress,
  };
}

/** What a counter tells at an instant; `locked` is the count from which on a hold is more than a delay. */
export function judgeCounter(
  { count, heldUntil }: { readonly count: number; readonly heldUntil: number },
  at: number,
  locked: number,
): LockStatus {
  if (heldUntil === Infinity) return 'blocked';
  if (heldUntil <= at) return 'open';
  return count >= locked ? 'suspended' : 'delayed';
}

/** When to come again. Nothing a client can do ends a block: an hour keeps it from asking in vain. */
export function retryAfter(heldUntil: number, at: number): number {
  return heldUntil === Infinity ? blockedRetrySeconds : Math.max(Math.ceil((heldUntil - at) / second), 1);
}

function accountSchedule(thresholds: LockoutThresholds): readonly number[] {
  const holds: number[] = [];
  for (let count = 1, hold = 0; hold < Infinity; count++) {
    // A suspension may be configured shorter than the longest delay: more failures never make for a shorter wait.
    hold = Math.max(hold, holdOf(count, thresholds));
    holds.push(hold);
  }
  return Object.freeze(holds);
}

function holdOf(count: number, thresholds: LockoutThresholds): number {
  const { maxFailures, action, duration, freeFailures, longestDelay } = thresholds;
  if (count >= mostFailures.account) return Infinity;
  if (count >= maxFailures) return action === 'block' ? Infinity : duration;
  return count <= freeFailures ? 0 : Math.min(second * 2 ** (count - freeFailures - 1), longestDelay);
}

/** Nothing until the last failure that is allowed. */
function lastOf(failures: number, hold: number): readonly number[] {
  return Object.freeze([...Array.from({ length: failures - 1 }, () => 0), hold]);
}
