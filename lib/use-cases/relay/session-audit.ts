import type { DeadLetterView } from '../../domain/dead-letter-view';
import type { HistoryEntry } from '../../domain/history-entry';
import type { Context } from '../context';
import { readDeadLetters, redeliverDeadLetters } from './dead-letters';
import { readFeed } from './read-feed';

/** From where on the feed is read. */
export interface FeedOptions {
  /** The `nextCursor` of the page before; left out or null: from the oldest entry that is kept. */
  readonly cursor?: string | null | undefined;
  /** 1 to 100; 50 unless given. */
  readonly limit?: number | undefined;
}

/** A page of the feed. There is always a next one: at the end it is empty until more has come. */
export interface FeedPage {
  /** Oldest first. */
  readonly data: readonly HistoryEntry[];
  /** Good for as long as the feed goes on: to be asked with again. */
  readonly nextCursor: string;
}

/** Which dead letters. */
export interface DeadLetterOptions {
  /** Only those of this sink, also of one that this process does not have. */
  readonly sink?: string | undefined;
  /** 1 to 100; 50 unless given. */
  readonly limit?: number | undefined;
}

/** The audit across all users, as far as sinks are configured. */
export class SessionAudit {
  readonly #context: Context;

  /** @internal */
  constructor(context: Context) {
    this.#context = context;
  }

  /**
   * A page of the feed that `feedSink` keeps, oldest first, in the order of delivery. Where more has come than it keeps, the oldest are
   * gone. An entry may come twice: go by its `id`. 1 round trip.
   *
   * @throws SessionError `request_invalid` for a cursor that is not from here
   */
  feed(options: FeedOptions = {}): Promise<FeedPage> {
    return readFeed(this.#context, options);
  }

  /**
   * The entries given up most lately, newest first: those that a sink refused for good, or has not taken in ten attempts within three
   * days. A few round trips.
   *
   * @throws SessionError `request_invalid` for what no sink may be called
   */
  deadLetters(options: DeadLetterOptions = {}): Promise<{ readonly data: readonly DeadLetterView[] }> {
    return readDeadLetters(this.#context, options);
  }

  /**
   * Gives dead letters to their sinks again, all or those of one sink, with ten attempts anew. Resolves with how many there are.
   *
   * @throws SessionError `request_invalid` for what no sink may be called
   */
  redeliver(options: Pick<DeadLetterOptions, 'sink'> = {}): Promise<{ readonly count: number }> {
    return redeliverDeadLetters(this.#context, options);
  }

  /**
   * Resolves when every entry that is due has been delivered to the sinks, or has failed, as far as no other process is delivering it:
   * before a worker ends, say. What failed is due later.
   *
   * @throws SessionError `store_unavailable`
   */
  async flush(): Promise<void> {
    await this.#context.audit?.flush();
  }
}
