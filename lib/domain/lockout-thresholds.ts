/** When failed logins lock, as configured; times in milliseconds. */
export interface LockoutThresholds {
  readonly maxFailures: number;
  readonly maxFailuresPerPair: number;
  readonly maxFailuresPerAddress: number;
  readonly action: 'suspend' | 'block';
  readonly duration: number;
  readonly freeFailures: number;
  readonly longestDelay: number;
}
