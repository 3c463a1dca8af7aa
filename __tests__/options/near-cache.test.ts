import { readNearCache } from '../../lib/options/near-cache';
import { refusalOf } from '../fixtures/refusal-of';

test('there is none unless asked for, and an empty object takes the defaults', () => {
  expect(readNearCache(undefined)).toBeUndefined();
  expect(readNearCache({})).toEqual({ maxEntries: 100_000, maxStale: 5_000 });
  expect(readNearCache({ maxEntries: 1, maxStale: '100ms' })).toEqual({ maxEntries: 1, maxStale: 100 });
  expect(Object.isFrozen(readNearCache({}))).toBe(true);
});

test.each([
  [true, 'nearCache: expected an object, got true'],
  [{ maxEntries: 0 }, 'nearCache.maxEntries: expected a whole number from 1 to 10000000, got 0'],
  [{ maxEntries: 1.5 }, 'nearCache.maxEntries: expected a whole number from 1 to 10000000, got 1.5'],
  [{ maxEntries: '9' }, "nearCache.maxEntries: expected a whole number from 1 to 10000000, got '9'"],
  [{ maxStale: '99ms' }, "nearCache.maxStale: expected 100ms to 60s, got '99ms'"],
  [{ maxStale: '61s' }, "nearCache.maxStale: expected 100ms to 60s, got '61s'"],
  [
    { maxStale: 5 },
    "nearCache.maxStale: expected a duration such as '15m', got 5 (did you mean '5ms', '5s' or '5m'?)",
  ],
  [{ maxEntrys: 5 }, "nearCache.maxEntrys: unknown option; did you mean 'maxEntries'?"],
])('A38 %j is refused with the fix', (input, detail) => {
  expect(refusalOf(() => readNearCache(input)).detail).toBe(detail);
});
