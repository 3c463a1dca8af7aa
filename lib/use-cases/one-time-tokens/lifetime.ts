import { durationMilliseconds, formatDuration } from '../../domain/duration';
import { invalidField } from '../check';

/** How long a token may live, in milliseconds. */
export interface LifetimeRange {
  readonly least: number;
  readonly most: number;
}

/** @throws SessionError `request_invalid` for what is no duration within the range */
export function checkLifetime(lifetime: unknown, { least, most }: LifetimeRange, field = 'lifetime'): number {
  const milliseconds = readMilliseconds(lifetime);
  if (milliseconds >= least && milliseconds <= most) return milliseconds;
  const range = `a duration from '${formatDuration(least)}' to '${formatDuration(most)}'`;
  throw invalidField(field, range, lifetime);
}

function readMilliseconds(lifetime: unknown): number {
  try {
    return durationMilliseconds(lifetime, 'lifetime');
  } catch {
    return Number.NaN;
  }
}
