import type { AccessLogEntry } from '../domain/access-log-entry';
import type { Write } from './commands';

/** How many entries are looked through for those of one actor before a page ends. */
export const mostLookedThrough = 1_000;

/** One call of the administrators' API, as stores hold it. */
export interface AccessEntry extends Omit<AccessLogEntry, 'at'> {
  /** Milliseconds on the store's clock. */
  readonly at: number;
}

/**
 * Appends an entry; one that is among the last hundred of its kind already was sent twice. The oldest make room: beyond
 * `retention.accessEntries` those of actors, and beyond `retention.anonymousAccessEntries` those whose `actor` is null, each for their own
 * kind alone.
 */
export interface LogAccess extends Write {
  readonly entry: AccessEntry;
}

/** A page of the log, newest first. */
export interface AccessLogQuery {
  /** The instant to judge by: what is past its retention then is not shown. */
  readonly at: number;
  /** `next` of the page before; null: the newest. What no page gave finds nothing, or what is older than some entry. */
  readonly after: string | null;
  /** At most this many. */
  readonly limit: number;
  /** Only what this one called; null: all. */
  readonly actor: string | null;
}

/**
 * What `accessLog` gives. Where it was asked for one actor's calls, it may be fewer than the limit, or none, with more to come: a
 * store looks through `mostLookedThrough` entries at most.
 */
export interface AccessLogOutcome {
  readonly entries: readonly AccessEntry[];
  /** Opaque: letters, digits and hyphens, at most 64; null at the end. */
  readonly next: string | null;
}
