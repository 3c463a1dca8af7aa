import { describeValue } from './describe-value';
import { SessionError } from './error';

const unitMilliseconds = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

type Unit = keyof typeof unitMilliseconds;

/** A length of time with its unit: `'500ms'`, `'10s'`, `'15m'`, `'12h'`, `'30d'`. */
export type Duration = `${number}${Unit}`;

const pattern = /^(\d{1,15})(?:\.(\d{1,3}))?(ms|s|m|h|d)$/;

/**
 * Checks a duration that comes from outside the program (an environment variable, a settings file).
 *
 * @throws SessionError `options_invalid` when the text is no duration.
 */
export function duration(text: string): Duration {
  durationMilliseconds(text, 'duration');
  return text as Duration;
}

/** The length in milliseconds; `option` is the name that the error shows. */
export function durationMilliseconds(value: unknown, option: string): number {
  const amount = typeof value === 'string' ? readAmount(value) : Number.NaN;
  if (!Number.isSafeInteger(amount)) {
    throw new SessionError('options_invalid', {
      detail: `${option}: expected a duration such as '15m', got ${describeValue(value)}${suggestion(value)}`,
    });
  }
  return amount;
}

/** Whole milliseconds in the largest unit that loses nothing: `'90d'`, `'1350s'`. */
export function formatDuration(milliseconds: number): Duration {
  const units = Object.entries(unitMilliseconds) as [Unit, number][];
  const [unit, size] = units.findLast(([, size]) => milliseconds % size === 0) ?? ['ms', 1];
  return `${milliseconds / size}${unit}`;
}

function readAmount(text: string): number {
  const [, whole, decimals = '', unit] = pattern.exec(text) ?? [];
  if (unit === undefined) return Number.NaN;
  const milliseconds = unitMilliseconds[unit as Unit];
  // Decimals by themselves, as whole thousandths: in floating point 1.001 × 1000 is not 1001.
  return Number(whole) * milliseconds + (Number(decimals.padEnd(3, '0')) * milliseconds) / 1_000;
}

function suggestion(value: unknown): string {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) return '';
  return ` (did you mean '${value}ms', '${value}s' or '${value}m'?)`;
}
