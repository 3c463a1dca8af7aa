import type { AuditSink, DeliveryFailure, FeedSink } from '../../domain/audit-sink';
import type { AuditSettings } from '../../options/audit';
import type { FeedItem } from '../../store/outbox';
import type { SessionStore } from '../../store/session-store';
import { presentEntry } from '../present-entry';
import type { Timekeeper } from '../timekeeper';
import { withinTime } from './within-time';

/** Where entries are delivered to: a sink as the relay sees it. */
export interface Destination {
  readonly name: string;
  /** How many items one call is given at most. */
  readonly batch: number;
  /** Gives what did not arrive; rejects where nothing did. Takes no longer than the sink may. */
  deliver(items: readonly FeedItem[], closing: AbortSignal): Promise<readonly DeliveryFailure[]>;
}

const defaultBatch = 100;
const defaultTimeout = 15_000;

/** The durable ones of the options, each by its name. */
export function durableDestinations(
  { sinks, feed }: AuditSettings,
  store: SessionStore,
  time: Timekeeper,
): ReadonlyMap<string, Destination> {
  const all = sinks.filter(({ durable }) => durable).map(sinkDestination);
  if (feed) all.push(feedDestination(feed, store, time));
  return new Map(all.map((destination) => [destination.name, destination]));
}

export function sinkDestination(sink: AuditSink): Destination {
  const { name, batch = defaultBatch, timeout = defaultTimeout } = sink;
  return {
    name,
    batch,
    async deliver(items, closing) {
      const entries = items.map(({ entry, userId }) => Object.freeze(presentEntry(entry, userId)));
      const result = await withinTime(timeout, closing, (signal) => sink.deliver(entries, signal));
      return readFailures(result);
    },
  };
}

function feedDestination({ name, maxEntries }: FeedSink, store: SessionStore, time: Timekeeper): Destination {
  return {
    name,
    batch: defaultBatch,
    async deliver(entries) {
      await store.feed.append({ entries, at: await time.at(), most: maxEntries });
      return [];
    },
  };
}

/** What an app's sink gives is checked: an entry must not count as delivered because of a misspelt name. */
function readFailures(result: unknown): readonly DeliveryFailure[] {
  if (result === undefined || result === null) return [];
  const { failed } = result as { readonly failed?: unknown };
  if (!Array.isArray(failed)) throw new TypeError('A sink resolved with neither nothing nor { failed: [] }.');
  return failed as readonly DeliveryFailure[];
}
