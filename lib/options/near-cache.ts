import { type Duration, durationMilliseconds } from '../domain/duration';
import { optionError, refuseUnknown } from './read-options';

/** Verified sessions in the memory of this process, dropped by the store's own push when they change. */
export interface NearCacheOptions {
  /** 1 to 10,000,000 tokens; `100000`. The oldest makes room. */
  readonly maxEntries?: number | undefined;
  /** 100 milliseconds to 60 seconds; `5s`. No answer is older than that, even if the push was cut off unnoticed. */
  readonly maxStale?: Duration | undefined;
}

/** {@link NearCacheOptions}, parsed: milliseconds. */
export interface NearCacheSettings {
  readonly maxEntries: number;
  readonly maxStale: number;
}

const shortestStale = 100;
const longestStale = 60_000;
const mostEntries = 10_000_000;

/** undefined: no near cache. */
export function readNearCache(input: unknown): NearCacheSettings | undefined {
  if (input === undefined) return undefined;
  const { maxEntries = 100_000, maxStale = '5s' } = refuseUnknown(input, ['maxEntries', 'maxStale'], 'nearCache');
  if (
    typeof maxEntries !== 'number' ||
    !Number.isInteger(maxEntries) ||
    maxEntries < 1 ||
    maxEntries > mostEntries
  ) {
    throw optionError('nearCache.maxEntries', 'a whole number from 1 to 10000000', maxEntries);
  }
  const milliseconds = durationMilliseconds(maxStale, 'nearCache.maxStale');
  if (milliseconds < shortestStale || milliseconds > longestStale) {
    throw optionError('nearCache.maxStale', '100ms to 60s', maxStale);
  }
  return Object.freeze({ maxEntries, maxStale: milliseconds });
}
