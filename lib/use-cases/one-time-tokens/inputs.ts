import type { Client } from '../../domain/client';
import type { Duration } from '../../domain/duration';
import type { ActorOption } from '../inputs';

/** A one-time token to issue. */
export interface IssueOneTimeTokenInput extends ActorOption {
  /** What it is good for: a lower-case word such as `registration` (`[a-z][a-z0-9_-]*`, at most 32 characters). */
  readonly purpose: string;
  /** From 10 seconds to 24 hours; for login codes at most 10 minutes are advised (ASVS 6.5.5). */
  readonly lifetime: Duration;
  /** Whose it is, where it is anyone's: their history tells of it. */
  readonly userId?: string | undefined;
  /** JSON that its bearer goes on with, at most 4 KiB. It is kept as it is: leave out what must not lie in the store. */
  readonly data?: object | undefined;
  /** How often it can be redeemed: 1 to 1,000; once unless given. */
  readonly maxUses?: number | undefined;
}

/** What a one-time token is shown for, and by whom. */
export interface RedeemOneTimeTokenOptions {
  /** What it must have been issued for. */
  readonly purpose: string;
  /** Whose address the history tells. */
  readonly client?: Client | undefined;
}
