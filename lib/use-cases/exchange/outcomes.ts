import type { CreateOutcome } from '../outcomes';
import type { OneTimeTokenRefused } from '../one-time-tokens/outcomes';
import type { ExchangeTransport } from './inputs';

/** What `exchange.issue` gives. */
export interface IssuedRequestToken {
  readonly status: 'issued';
  /** Shown once; the store keeps a digest. It opens nothing without the verifier. */
  readonly requestToken: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** What `exchange.redeem` gives: as `create`, or the token's refusal. `invalid` also where verifier or application are others. */
export type ExchangeOutcome<Data extends object = Record<string, unknown>> =
  | (Extract<CreateOutcome<Data>, { readonly status: 'created' }> & {
      /** How its tokens are to travel, as the token was issued. */
      readonly transport: ExchangeTransport;
    })
  | Exclude<CreateOutcome<Data>, { readonly status: 'created' }>
  | OneTimeTokenRefused;
