import type { SessionError } from '../../domain/error';

/** What `oneTimeTokens.issue` gives. */
export interface IssuedOneTimeToken {
  readonly status: 'issued';
  /** Shown once; the store keeps a digest. */
  readonly token: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** A one-time token that opens nothing, or nothing more. `error` is `one_time_token_invalid` with the same `reason`. */
export interface OneTimeTokenRefused {
  /** `invalid`: it is none, is unknown, or was issued for something else. */
  readonly status: 'spent' | 'expired' | 'invalid';
  readonly error: SessionError;
}

/** What `oneTimeTokens.redeem` gives. */
export type RedeemOneTimeTokenOutcome =
  | {
      readonly status: 'redeemed';
      readonly userId: string | undefined;
      readonly data: Readonly<Record<string, unknown>>;
      /** How often it can still be redeemed. */
      readonly remainingUses: number;
    }
  | OneTimeTokenRefused;
