import { type Duration, durationMilliseconds } from '../domain/duration';
import type { LockoutThresholds } from '../domain/lockout-thresholds';
import { optionError, refuseUnknown } from './read-options';

/** When failed logins lock an account. Failures are consecutive: a sign-in forgets them. */
export interface LockoutOptions {
  /** Failures of one account after which it is locked: 1 to 100; 10. */
  readonly maxFailures?: number | undefined;
  /** Failures of one account from one address after which it is locked there: 1 to 100; 5. */
  readonly maxFailuresPerPair?: number | undefined;
  /** Failures from one address (IPv6: /64) within an hour, whatever the accounts: 1 to 10,000; 100. */
  readonly maxFailuresPerAddress?: number | undefined;
  /** What a lock is: `suspend` for `duration`, or `block` until `sessions.lockout.unlock`. */
  readonly action?: 'suspend' | 'block' | undefined;
  /** How long a suspension lasts: 1 second to 30 days; `15m`. */
  readonly duration?: Duration | undefined;
  /** Failures without a delay: 0 to 100; 3. From the next on each doubles the wait, beginning with a second. */
  readonly freeFailures?: number | undefined;
  /** The longest of these waits: up to 1 hour; `1m`. */
  readonly longestDelay?: Duration | undefined;
  /** Where the store does not answer: `refuse` sign-ins with 503, or count in this process' `memory`. */
  readonly whenUnavailable?: 'refuse' | 'memory' | undefined;
}

/** {@link LockoutOptions}, parsed; times in milliseconds. */
export interface LockoutSettings extends LockoutThresholds {
  readonly whenUnavailable: 'refuse' | 'memory';
}

const names = [
  'maxFailures',
  'maxFailuresPerPair',
  'maxFailuresPerAddress',
  'action',
  'duration',
  'freeFailures',
  'longestDelay',
  'whenUnavailable',
];
const second = 1_000;
const hour = 3_600_000;
const day = 24 * hour;

export function readLockout(input: unknown): LockoutSettings {
  const options = refuseUnknown(input, names, 'lockout');
  const { action = 'suspend', whenUnavailable = 'refuse' } = options;
  if (action !== 'suspend' && action !== 'block') {
    throw optionError('lockout.action', "'suspend' or 'block'", action);
  }
  if (whenUnavailable !== 'refuse' && whenUnavailable !== 'memory') {
    throw optionError('lockout.whenUnavailable', "'refuse' or 'memory'", whenUnavailable);
  }
  return Object.freeze({
    // No verifier may allow more than 100 in a row (NIST SP 800-63B-4 section 3.2.2).
    maxFailures: readCount(options, 'maxFailures', { least: 1, most: 100, fallback: 10 }),
    maxFailuresPerPair: readCount(options, 'maxFailuresPerPair', { least: 1, most: 100, fallback: 5 }),
    maxFailuresPerAddress: readCount(options, 'maxFailuresPerAddress', { least: 1, most: 10_000, fallback: 100 }),
    action,
    duration: readTime(options, 'duration', { least: second, most: 30 * day, fallback: hour / 4 }),
    freeFailures: readCount(options, 'freeFailures', { least: 0, most: 100, fallback: 3 }),
    longestDelay: readTime(options, 'longestDelay', { least: 0, most: hour, fallback: 60 * second }),
    whenUnavailable,
  });
}

interface Range {
  readonly least: number;
  readonly most: number;
  readonly fallback: number;
}

function readCount(options: Record<string, unknown>, name: string, { least, most, fallback }: Range): number {
  const value = options[name];
  if (value === undefined) return fallback;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    throw optionError(`lockout.${name}`, `a whole number from ${least} to ${most}`, value);
  }
  return value;
}

function readTime(options: Record<string, unknown>, name: string, { least, most, fallback }: Range): number {
  const value = options[name];
  if (value === undefined) return fallback;
  const milliseconds = durationMilliseconds(value, `lockout.${name}`);
  if (milliseconds < least || milliseconds > most) {
    throw optionError(`lockout.${name}`, `${least / second} to ${most / second} seconds`, value);
  }
  return milliseconds;
}
