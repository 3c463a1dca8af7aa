import type { Clock } from '../../domain/clock';

/** The machine's time, except that it never runs backwards. */
export function steadyClock(): Clock {
  let latest = 0;
  return function now(): number {
    latest = Math.max(latest, Date.now());
    return latest;
  };
}
