import type { AccessLogEntry } from '../../domain/access-log-entry';
import type { HistoryEntry } from '../../domain/history-entry';
import type { SessionView } from '../../domain/session-view';
import type { AccountState } from '../lockout/outcomes';

/** What `privacy.erase` gives. */
export interface EraseUserOutcome {
  readonly status: 'erased';
  /** How many live sessions ended with it; 0 also for a user who was not known. */
  readonly count: number;
  /** false: replicas did not confirm it in time; it is repeated until they do. */
  readonly durable: boolean;
}

/** All that is kept of a user, as plain JSON. Never a token, a digest or a secret. Times are ISO 8601 in UTC. */
export interface UserExport<Data extends object = Record<string, unknown>> {
  readonly userId: string;
  readonly exportedAt: string;
  readonly sessions: {
    readonly active: readonly SessionView<Data>[];
    /** Those that ran out by time and are remembered still. */
    readonly expired: readonly SessionView<Data>[];
    /** Those that were ended and are remembered still. */
    readonly ended: readonly SessionView<Data>[];
  };
  /** Newest first. */
  readonly history: readonly HistoryEntry[];
  /** The limit that was set for them; null where none is. */
  readonly limit: number | null;
  readonly oneTimeTokens: readonly ExportedOneTimeToken[];
  /** Who looked at them, and what else administrators called about them; newest first. */
  readonly accessLog: readonly AccessLogEntry[];
  readonly audit: ExportedAudit;
  /** Of the accounts that were named. */
  readonly accounts: readonly ExportedAccount[];
}

/** What is kept of a one-time token, less what it opens. */
export interface ExportedOneTimeToken {
  readonly purpose: string;
  readonly expiresAt: string;
  /** How often it can still be redeemed. */
  readonly uses: number;
}

/** Copies of entries on their way to the app's sinks, and in the feed; older ones may be gone from the history. */
export interface ExportedAudit {
  readonly waiting: readonly HistoryEntry[];
  /** Given up for a sink, until they are delivered by hand. */
  readonly deadLetters: readonly HistoryEntry[];
  readonly feed: readonly HistoryEntry[];
}

/** Failed logins of one account. */
export interface ExportedAccount extends AccountState {
  /** Its locks and unlocks, newest first. */
  readonly history: readonly HistoryEntry[];
}
