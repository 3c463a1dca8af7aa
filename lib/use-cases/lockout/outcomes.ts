import type { Client } from '../../domain/client';
import type { SessionError } from '../../domain/error';
import type { LockStatus } from '../../policies/lockout';

/** Who tries to sign in, and from where. */
export interface AttemptInput {
  /**
   * What the form was given: an email address, a name. Whether it exists is never asked. Capitals, blanks around it and
   * Unicode's compatible spellings (NFKC) make no difference. Without one, only the address is counted.
   */
  readonly account?: string | undefined;
  /** `ip` and `deviceId` are read. */
  readonly client?: Client | undefined;
}

/** How the lockout takes an attempt. */
export type LockoutVerdict =
  | {
      readonly status: 'open';
      /** Only of `recordSuccess`, where it forgot any: how many failures the account had. */
      readonly failures?: number;
    }
  | {
      readonly status: 'refused';
      /** Of a blocked account, an hour. */
      readonly retryAfterSeconds: number;
      /** `too_many_attempts`: the same whatever the reason, and whether or not the account exists. */
      readonly error: SessionError;
    };

/** How an account stands, in all or for a client. */
export interface AccountState {
  /** In the spelling in which it is counted; the SHA-256, in hexadecimal, of one longer than 512 bytes. */
  readonly account: string;
  /** `delayed` for a moment, `suspended` for a time, `blocked` until it is unlocked. */
  readonly status: LockStatus;
  /** Of the whole account, since the last sign-in. */
  readonly failures: number;
  /** ISO 8601; null where it is open, and where it is blocked. */
  readonly until: string | null;
}

/** What kind of failure it was. */
export interface FailureOptions {
  /**
   * The client left before it had an answer. A guess may show all the same, by what a right one would have changed, so between two
   * successes only five of these count as none.
   */
  readonly clientLeft?: boolean | undefined;
}

/** From which device a success came. */
export interface SuccessOptions {
  /** Makes the device known to the account; `client.deviceId` unless given. */
  readonly deviceId?: string | null | undefined;
}

/** What `sessions.lockout.unlock` gives. */
export interface UnlockOutcome {
  /** `unlocked`: failures were forgotten, whether or not they held anything; `not-locked`: there were none. */
  readonly status: 'unlocked' | 'not-locked';
}
