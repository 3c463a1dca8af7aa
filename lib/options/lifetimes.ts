import { type Duration, describeValue, durationMilliseconds, formatDuration } from '../domain/duration';
import { SessionError } from '../domain/error';
import { refuseUnknown } from './read-options';

const minute = 60_000;
const day = 86_400_000;

/** How long tokens and sessions live. */
export interface LifetimeOptions {
  /** 1 to 129,600 minutes; `15m`. */
  readonly accessToken?: Duration | undefined;
  /** `accessToken` to 525,600 minutes, or false for none; 1.5 × `accessToken`. Each rotation starts it anew. */
  readonly refreshToken?: Duration | false | undefined;
  /** At least 1 minute; none. Slides on use. */
  readonly idle?: Duration | undefined;
  /** 1 minute to 400 days; `90d`. Nothing moves it. */
  readonly absolute?: Duration | undefined;
  /** 1 minute to `absolute`; `30d`. The refresh lifetime of remembered sessions, in place of `refreshToken` and `idle`. */
  readonly rememberMe?: Duration | undefined;
}

/** {@link LifetimeOptions}, parsed: milliseconds. */
export interface LifetimeSettings {
  readonly accessToken: number;
  readonly refreshToken: number | null;
  readonly idle: number | null;
  readonly absolute: number;
  readonly rememberMe: number;
}

export const lifetimeNames = ['accessToken', 'refreshToken', 'idle', 'absolute', 'rememberMe'] as const;

const ranges = {
  accessToken: { min: minute, max: 129_600 * minute, words: '1 to 129,600 minutes' },
  refreshToken: { min: minute, max: 525_600 * minute, words: '1 to 525,600 minutes, or false' },
  idle: { min: minute, max: 400 * day, words: 'at least 1 minute' },
  absolute: { min: minute, max: 400 * day, words: '1 minute to 400 days' },
  rememberMe: { min: minute, max: 400 * day, words: '1 minute to lifetimes.absolute' },
} as const;

export function readLifetimes(input: unknown): LifetimeSettings {
  const options = refuseUnknown(input, lifetimeNames, 'lifetimes');
  const accessToken = readLifetime(options, 'accessToken') ?? 15 * minute;
  const absolute = readLifetime(options, 'absolute') ?? 90 * day;
  const rememberMe = readLifetime(options, 'rememberMe');
  if (rememberMe !== undefined && rememberMe > absolute) {
    throw new SessionError('options_invalid', {
      detail: `lifetimes.rememberMe: expected at most lifetimes.absolute (${formatDuration(absolute)}), got ${describeValue(options.rememberMe)}`,
    });
  }
  return Object.freeze({
    accessToken,
    refreshToken: readRefreshToken(options, accessToken),
    idle: readLifetime(options, 'idle') ?? null,
    absolute,
    // A default clamps; only what was asked for in so many words can conflict.
    rememberMe: rememberMe ?? Math.min(30 * day, absolute),
  });
}

function readRefreshToken(options: Record<string, unknown>, accessToken: number): number | null {
  if (options.refreshToken === false) return null;
  return readLifetime(options, 'refreshToken') ?? Math.round(accessToken * 1.5);
}

function readLifetime(options: Record<string, unknown>, name: keyof typeof ranges): number | undefined {
  const value = options[name];
  if (value === undefined) return undefined;
  const option = `lifetimes.${name}`;
  const milliseconds = durationMilliseconds(value, option);
  const { min, max, words } = ranges[name];
  if (milliseconds < min || milliseconds > max) {
    throw new SessionError('options_invalid', {
      detail: `${option}: expected ${words}, got ${describeValue(value)}`,
    });
  }
  return milliseconds;
}
