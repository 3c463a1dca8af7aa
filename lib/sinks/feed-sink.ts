import type { FeedSink } from '../domain/audit-sink';
import { optionError, refuseUnknown } from '../options/read-options';

/** How much of the feed is kept. */
export interface FeedSinkOptions {
  /** About how many entries the store keeps, the newest: 100 to 10,000,000; 100,000. Each takes some 200 bytes. */
  readonly maxEntries?: number | undefined;
}

/**
 * Keeps one feed of the entries of all users in the store, read from position to position: `sessions.audit.feed`, or `GET /audit` of the
 * administrators' API. Durable.
 */
export function feedSink(options: FeedSinkOptions = {}): FeedSink {
  const { maxEntries = 100_000 } = refuseUnknown(options, ['maxEntries'], 'feedSink') as FeedSinkOptions;
  if (!Number.isInteger(maxEntries) || maxEntries < 100 || maxEntries > 10_000_000) {
    throw optionError('feedSink.maxEntries', 'a whole number from 100 to 10000000', maxEntries);
  }
  return Object.freeze({ name: 'feed', durable: true, maxEntries });
}
