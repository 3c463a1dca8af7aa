import type { AuditEntry } from '../domain/audit-entry';
import type { UserKey } from '../domain/session-id';
import type { Ending } from '../domain/session-record';
import type { OneTimeId } from '../domain/slotted-id';
import type { OneTime } from './one-times';
import type { Write } from './commands';

/**
 * A user says that a sign-in was not theirs. In one step: takes the one use of a one-time token; ends the user's live sessions that
 * were created at or after `since`, impersonated ones included; sets `stepUp` on all others, and moves their `startedAt` to epoch + 1
 * where it is not past it; raises the epoch, so that sign-ins under way are refused. Sent again, it answers as it did the first time.
 */
export interface Disown extends Write {
  readonly user: UserKey;
  readonly oneTime: { readonly id: OneTimeId; readonly purpose: string };
  readonly since: number;
  readonly epoch: number;
  readonly ending: Ending;
  /** The one entry for all of it; the store fills in `count`. */
  readonly audit: AuditEntry;
}

/** What `disown` gives. */
export type DisownOutcome =
  | {
      readonly status: 'disowned';
      /** How many ended. */
      readonly count: number;
      /** How many others must confirm their login. */
      readonly stepUps: number;
      readonly durable: boolean;
    }
  /** Nothing happened: the token was used, has expired, or is none of this purpose and user. */
  | { readonly status: 'spent' | 'expired'; readonly oneTime: OneTime }
  | { readonly status: 'missing' };
