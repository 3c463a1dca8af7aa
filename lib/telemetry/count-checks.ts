import type { Count, Measurements } from './measurements';
import type { Operation } from './operation';
import { replaceMethod } from './replace-method';

type Method = (...args: unknown[]) => unknown;

const labels = {};

/**
 * Counts what the near cache answers and what it does not. A check by `verify` asks it here first, so that its answer is seen; it then asks
 * again, which is cheap beside the read that follows.
 */
export function countChecks(manager: object, verification: Operation, measurements: Measurements): void {
  const hits: Count = { counter: 'cacheHits', labels, pending: 0 };
  const misses: Count = { counter: 'cacheMisses', labels, pending: 0 };
  const verifyFromCache = Reflect.get(manager, 'verifyFromCache') as Method;
  const verify = Reflect.get(manager, 'verify') as Method;

  replaceMethod(manager, 'verifyFromCache', (...args) => {
    const outcome = verifyFromCache.apply(manager, args);
    if (outcome !== undefined) {
      measurements.tally(hits);
      verification.tally('active');
    }
    return outcome;
  });

  replaceMethod(manager, 'verify', async (token, client, options) => {
    const { fresh } = Object(options) as { readonly fresh?: unknown };
    if (fresh !== true) {
      // For this very caller: what the cache has for the owner must not let a stolen token pass.
      const known = verifyFromCache.call(manager, token, options, client);
      measurements.tally(known === undefined ? misses : hits);
      if (known !== undefined) return known;
    }
    return verify.call(manager, token, client, options);
  });
}
