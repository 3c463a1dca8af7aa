import type { Client } from '../../domain/client';
import type { Duration } from '../../domain/duration';
import type { CreateInput } from '../inputs';

/** How the tokens of an exchanged session travel: in the answer, or in cookies. */
export type ExchangeTransport = 'bearer' | 'cookie';

/** A sign-in whose user is known, to be finished by the client that can answer the challenge. */
export interface IssueRequestTokenInput<Data extends object = Record<string, unknown>> extends Pick<
  CreateInput<Data>,
  'userId' | 'applicationId' | 'startedAt' | 'remember' | 'scope' | 'data' | 'methods' | 'authenticatedAt'
> {
  /** The client's PKCE challenge, method S256 (RFC 7636): 43 characters of base64url. */
  readonly codeChallenge: string;
  /** How the session's tokens will travel; `bearer` unless given. */
  readonly transport?: ExchangeTransport | undefined;
  /** From 10 seconds to 10 minutes; a minute unless given. */
  readonly lifetime?: Duration | undefined;
}

/** What of a sign-in depends on the request that finishes it. */
export type ExchangeRequest = Pick<CreateInput, 'replaces' | 'deviceId' | 'carry'>;

/** A request token's exchange: the proof, and what `create` needs of the request that brings it. */
export interface RedeemRequestTokenOptions extends ExchangeRequest, Pick<CreateInput, 'limit'> {
  /** The verifier that the challenge was made from (RFC 7636). */
  readonly codeVerifier: string;
  /** Where given, it must be the one that the token was issued for. */
  readonly applicationId?: string | undefined;
  readonly client?: Client | undefined;
  /**
   * Asked with the transport that the token is bound to, before anything is changed: what it gives goes before the options of
   * the same names. What it throws, the call throws, and nothing has happened.
   */
  readonly prepare?: ((transport: ExchangeTransport) => ExchangeRequest) | undefined;
}
