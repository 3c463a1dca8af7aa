import { type Duration, durationMilliseconds, formatDuration } from '../domain/duration';
import type { Lifetimes } from '../domain/lifetimes';
import { type LifetimePreset, presetLimits, readPreset } from './lifetime-presets';
import { optionError, refuseUnknown } from './read-options';

const minute = 60_000;
const day = 86_400_000;

/** How long tokens and sessions live. */
export interface LifetimeOptions {
  /**
   * The limits of NIST SP 800-63B-4: `nist-aal1` 30 days; `nist-aal2` 24 hours, 1 hour idle; `nist-aal3` 12 hours, 15 minutes
   * idle. Whatever else is set may only be stricter. The refresh token then lives as long as `absolute` unless set, and the idle
   * limit holds for remembered sessions too.
   */
  readonly preset?: LifetimePreset | undefined;
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

const names = ['preset', 'accessToken', 'refreshToken', 'idle', 'absolute', 'rememberMe'] as const;

const ranges = {
  accessToken: { min: minute, max: 129_600 * minute, words: '1 to 129,600 minutes' },
  refreshToken: { min: minute, max: 525_600 * minute, words: '1 to 525,600 minutes, or false' },
  idle: { min: minute, max: 400 * day, words: 'at least 1 minute' },
  absolute: { min: minute, max: 400 * day, words: '1 minute to 400 days' },
  rememberMe: { min: minute, max: 400 * day, words: '1 minute to lifetimes.absolute' },
} as const;

/** What an option may not exceed, and how an error calls that. */
interface Bound {
  readonly milliseconds: number;
  readonly words: string;
}

/** `input` may be the name of a preset alone. */
export function readLifetimes(input: unknown): Lifetimes {
  const options = refuseUnknown(typeof input === 'string' ? { preset: input } : input, names, 'lifetimes');
  const preset = readPreset(options.preset);
  return Object.freeze(preset === undefined ? readFree(options) : readUnder(preset, options));
}

function readFree(options: Record<string, unknown>): Lifetimes {
  const accessToken = readLifetime(options, 'accessToken') ?? 15 * minute;
  const absolute = readLifetime(options, 'absolute') ?? 90 * day;
  const refreshToken =
    options.refreshToken === false
      ? null
      : (readLifetime(options, 'refreshToken') ?? Math.round(accessToken * 1.5));
  const idle = readLifetime(options, 'idle') ?? null;
  return {
    accessToken,
    refreshToken,
    idle,
    rememberedIdle: null,
    absolute,
    rememberMe: readRememberMe(options, absolute),
  };
}

/** What was asked for may only be stricter than the preset; defaults follow. */
function readUnder(preset: LifetimePreset, options: Record<string, unknown>): Lifetimes {
  const limits = presetLimits[preset];
  const ofPreset = (milliseconds: number): Bound => ({
    milliseconds,
    words: `${formatDuration(milliseconds)}, the limit of lifetimes.preset '${preset}'`,
  });
  const absolute = readLifetime(options, 'absolute', ofPreset(limits.absolute)) ?? limits.absolute;
  const idle =
    readLifetime(options, 'idle', limits.idle === null ? undefined : ofPreset(limits.idle)) ?? limits.idle;
  const shortest = idle !== null && idle < absolute ? own('idle', idle) : own('absolute', absolute);
  const accessToken =
    readLifetime(options, 'accessToken', shortest) ?? Math.min(15 * minute, shortest.milliseconds);
  const refreshToken =
    options.refreshToken === false
      ? null
      : (readLifetime(options, 'refreshToken', own('absolute', absolute)) ?? absolute);
  return {
    accessToken,
    refreshToken,
    idle,
    rememberedIdle: idle,
    absolute,
    rememberMe: readRememberMe(options, absolute),
  };
}

/** A default is cut to fit; only what was asked for in so many words can conflict. */
function readRememberMe(options: Record<string, unknown>, absolute: number): number {
  return readLifetime(options, 'rememberMe', own('absolute', absolute)) ?? Math.min(30 * day, absolute);
}

function own(name: keyof typeof ranges, milliseconds: number): Bound {
  return { milliseconds, words: `lifetimes.${name} (${formatDuration(milliseconds)})` };
}

function readLifetime(
  options: Record<string, unknown>,
  name: keyof typeof ranges,
  bound?: Bound,
): number | undefined {
  const value = options[name];
  if (value === undefined) return undefined;
  const option = `lifetimes.${name}`;
  const milliseconds = durationMilliseconds(value, option);
  const { min, max, words } = ranges[name];
  if (milliseconds < min || milliseconds > max) throw optionError(option, words, value);
  if (bound && milliseconds > bound.milliseconds) throw optionError(option, `at most ${bound.words}`, value);
  return milliseconds;
}
