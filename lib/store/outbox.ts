import type { AuditEntry } from '../domain/audit-entry';

/**
 * Where entries wait for the sinks, one outbox for each of the 4,096 tags that users fall into, so that a change and its entry are one step
 * on any node. Whoever holds the lease of a tag delivers what it claimed and settles it; a worker that dies leaves its lease to run out,
 * and what it had not settled comes again.
 *
 * An entry whose `relayed` is set is put there by the step that writes it into a history, once for each entry; a command that is sent again
 * puts nothing there again. Each outbox holds `retention.outboxEntries` new letters at most, and as many for single sinks: beyond that
 * the oldest of the new ones are lost, and of the others those due last; they are counted. One that is neither written nor read for `retention.outboxMilliseconds` is forgotten.
 */
export interface Outbox {
  /** Of these tags, those in which something is due at this time. Reads only. */
  due(query: { readonly tags: readonly string[]; readonly at: number }): Promise<readonly string[]>;
  /**
   * Takes a tag's lease, or renews one's own, and gives what is due: new letters in the order in which they were written, before them
   * what comes again to single sinks, which takes half of the room at most while new ones wait. What was given and is not settled yet
   * comes again.
   */
  claim(command: ClaimOutbox): Promise<ClaimOutboxOutcome>;
  /**
   * In one step: removes what was delivered, keeps what failed for later, buries what is given up, and may give the lease back. A letter
   * that is not there any more, since its user was forgotten, say, is passed over. A lease that ran out is still good for it, unless
   * another has taken it since.
   */
  settle(command: SettleOutbox): Promise<SettleOutboxOutcome>;
  /** A page of dead letters of some tags, the newest of each first. */
  deadLetters(query: { readonly tags: readonly string[]; readonly limit: number }): Promise<readonly DeadLetter[]>;
  /** Makes dead letters due again, of all sinks or of one, as if they had never failed. Gives how many. */
  revive(command: { readonly tag: string; readonly sink: string | null; readonly at: number }): Promise<number>;
}

/** Who wants to deliver what is due in an outbox. */
export interface ClaimOutbox {
  readonly tag: string;
  /** Random; whoever knows it holds the lease. */
  readonly worker: string;
  readonly at: number;
  /** When the lease runs out, unless it is renewed. */
  readonly until: number;
  /** At most this many letters, and at most 1,000. 0: only renews. */
  readonly limit: number;
}

/** What `claim` gives: `leased` where another holds the lease at that time. */
export type ClaimOutboxOutcome =
  | {
      readonly status: 'claimed';
      readonly letters: readonly Letter[];
      /** How many were lost to the outbox's bound since it was last asked. */ readonly dropped: number;
    }
  | { readonly status: 'leased'; readonly until: number };

/** An entry under way to one sink, or, new, to all. */
export interface Letter {
  /** Names it within its tag's outbox. */
  readonly id: string;
  readonly entry: AuditEntry;
  /** The user whose history has the entry; null where that is nobody's, or an account's. */
  readonly userId: string | null;
  /** null: new, for all sinks. */
  readonly sink: string | null;
  /** How often it failed: as often as whoever kept it for later said. */
  readonly attempts: number;
}

/** What came of letters that were claimed. */
export interface SettleOutbox {
  readonly tag: string;
  readonly worker: string;
  readonly at: number;
  /** All the letters that were dealt with, whatever came of them. */
  readonly settled: readonly string[];
  /** What goes to single sinks again; `letter.attempts` is how often it has failed by now. */
  readonly later: readonly { readonly letter: Letter; readonly sink: string; readonly dueAt: number }[];
  readonly dead: readonly { readonly letter: Letter; readonly sink: string; readonly because: string }[];
  readonly release: boolean;
}

/** What `settle` gives. */
export type SettleOutboxOutcome =
  | {
      readonly status: 'settled';
      /** How many are due in it now. */
      readonly remaining: number;
    }
  /** The lease was another's by then: nothing changed, all of it comes again. */
  | { readonly status: 'lost' };

/** An entry that was given up for one sink. */
export interface DeadLetter {
  readonly tag: string;
  readonly sink: string;
  readonly entry: AuditEntry;
  readonly userId: string | null;
  readonly diedAt: number;
  readonly because: string;
}

/** The feed across all users, where a sink writes it to: entries in the order in which they were delivered. */
export interface Feed {
  /** Appends; an entry whose id is among the newest hundred is there already. The oldest make room beyond `most`. */
  append(command: {
    readonly entries: readonly FeedItem[];
    readonly at: number;
    readonly most: number;
  }): Promise<void>;
  /**
   * A page behind a position, oldest first; null: from the oldest. `next` is where to go on, also at the end; null only where there was
   * nothing yet. What made room since is passed over; behind a position that no page gave there is nothing.
   */
  read(query: {
    readonly after: string | null;
    readonly limit: number;
  }): Promise<{ readonly items: readonly FeedItem[]; readonly next: string | null }>;
}

/** An entry in the feed; `userId` as in a letter. */
export interface FeedItem {
  readonly entry: AuditEntry;
  readonly userId: string | null;
}
