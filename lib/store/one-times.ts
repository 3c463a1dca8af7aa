import type { AuditEntry } from '../domain/audit-entry';
import type { UserKey } from '../domain/session-id';
import type { OneTimeId } from '../domain/slotted-id';
import type { Write } from './commands';

/** A one-time token as stores hold it: what it is for, and what its bearer may go on with. */
export interface OneTime {
  readonly id: OneTimeId;
  /** A lower-case word of at most 32 characters; one of another purpose opens nothing. */
  readonly purpose: string;
  readonly expiresAt: number;
  /** How often it can still be consumed: at most 65,535. At 0 it stays until it expires, so that its bearer is told that it is spent. */
  readonly uses: number;
  /** Whose history tells of it, in the slot that the id names; null: nobody's. */
  readonly user: UserKey | null;
  /** JSON that stores do not look into. */
  readonly payload: string;
}

/** Keeps a new one-time token. One that is there already stays as it is: the command was sent twice. */
export interface PutOneTime extends Write {
  readonly oneTime: OneTime;
  /** Written where the token has a user. */
  readonly audit: AuditEntry;
}

/**
 * Takes one use of a one-time token; of parallel ones as many succeed as there are uses. The last four attempts that took one
 * are remembered: one that is sent again takes no other. One of another purpose is `missing`, and keeps its uses.
 */
export interface ConsumeOneTime extends Write {
  readonly id: OneTimeId;
  readonly purpose: string;
  /** By outcome: what the history of the token's user is told, where it has one: of the uses taken the first `retention.oneTimeRedemptions`, of its refusals the first `retention.oneTimeRefusals`. */
  readonly audit: Readonly<Record<'consumed' | 'spent' | 'expired', AuditEntry>>;
}

/** What `consumeOneTime` gives. */
export type ConsumeOneTimeOutcome =
  /** With what is left of its uses. */
  | { readonly status: 'consumed'; readonly oneTime: OneTime }
  /** It had no uses left before it expired. */
  | { readonly status: 'spent'; readonly oneTime: OneTime }
  /** `at` is not before its end, whatever is left of its uses. */
  | { readonly status: 'expired'; readonly oneTime: OneTime }
  /** There is none of this name and purpose. */
  | { readonly status: 'missing' };
