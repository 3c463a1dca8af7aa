import type { HistoryEntry } from './history-entry';

/**
 * Where the audit goes: a pipeline, a log, somebody else's HTTP server. Entries come at least once; whoever must not count one twice
 * goes by its `id`. No request waits for a sink.
 */
export interface AuditSink {
  /** A word that no other sink of the manager bears: letters, digits, `-` and `_`, 64 at most. What is under way is kept under it. */
  readonly name: string;
  /**
   * true: entries wait for it in the store, from the step that makes the change until they are delivered, so that a crash loses none.
   * false: they are handed over from memory by the process that made the change.
   */
  readonly durable: boolean;
  /** How many entries one call may be given: 1 to 100; 100. */
  readonly batch?: number | undefined;
  /** How long one call may take, in milliseconds: up to 300,000; 15,000. After that it counts as failed, and `signal` is aborted. */
  readonly timeout?: number | undefined;
  /**
   * Delivers entries; those of one user come in their order. Resolves with nothing where all of them arrived; with
   * {@link DeliveryResult} where some did not; rejects where none did. What failed comes again, unless that was final.
   */
  deliver(entries: readonly HistoryEntry[], signal: AbortSignal): Promise<void | DeliveryResult>;
  /** Called once, when the manager has been closed. */
  close?(): void | Promise<void>;
}

/** What did not arrive of the entries that a sink was given. */
export interface DeliveryResult {
  readonly failed: readonly DeliveryFailure[];
}

/** An entry that did not arrive. */
export interface DeliveryFailure {
  /** The entry's. */
  readonly id: string;
  /** In a few words, for the dead letter and the event; no secrets, and nothing that the other side has said. */
  readonly because: string;
  /** true: it would never arrive, so it is a dead letter at once. */
  readonly final?: boolean | undefined;
  /** Milliseconds after which it may come again at the earliest; counts where that is later than the schedule. */
  readonly retryAfter?: number | undefined;
}

/** The feed that the store keeps across all users; made by `feedSink`. */
export interface FeedSink {
  readonly name: 'feed';
  readonly durable: true;
  /** How many entries it keeps about. */
  readonly maxEntries: number;
}
