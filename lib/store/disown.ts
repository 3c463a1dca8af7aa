import type { AuditEntry } from '../domain/audit-entry';
import type { UserKey } from '../domain/session-id';
import type { Ending } from '../domain/session-record';
import type { OneTimeId } from '../domain/slotted-id';
import type { OneTime } from './one-times';
import type { Write } from './commands';

/**
 * A user says that a sign-in was not theirs. In one step: takes the one use of a one-time token; ends the user's live sessions that
 * were created at or after `since`, impersonated ones included, and those that the epoch outdated before; sets `stepUp` on all others,
 * counting it as an amendment of theirs, and moves their `startedAt` to epoch + 1 where it is not past it; raises the epoch, so that
 * sign-ins under way are refused. Impersonated sessions from before `since` are moved past the epoch and otherwise left alone: no
 * user could confirm the login of an administrator.
 *
 * The token remembers who took it: as long as it is there, the command that is sent again answers as it did the first time. Where a
 * failover has lost it all, it happens again: what was both created and begun after `epoch`, that is since the first time, is left
 * alone. Where `at` is not past `notAfter`, what began after `notAfter` ends: the clock has been set back since.
 */
export interface Disown extends Write {
  readonly user: UserKey;
  readonly oneTime: { readonly id: OneTimeId; readonly purpose: string };
  readonly since: number;
  readonly epoch: number;
  readonly ending: Ending;
  /** By outcome: the one entry for all that ended, whose `count` the store fills in; and of refusals the first `retention.oneTimeRefusals`. */
  readonly audit: Readonly<Record<'disowned' | 'spent' | 'expired', AuditEntry>>;
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
  /** Nothing happened: the token was used, or has expired. */
  | { readonly status: 'spent' | 'expired'; readonly oneTime: OneTime }
  /** Nothing happened: there is none of this name, purpose and user. */
  | { readonly status: 'missing' };
