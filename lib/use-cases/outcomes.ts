import type { Device } from '../domain/client';
import type { SessionError } from '../domain/error';
import type { EndReason } from '../domain/end-reason';
import type { LimitKind } from '../domain/limits';
import type { SessionView, Tokens } from '../domain/session-view';

/** A refusal: `error` is what HTTP answers and what an app may throw. */
interface Refusal<Status extends string> {
  readonly status: Status;
  readonly error: SessionError;
}

/** Neither a session nor a trace of one belongs to what was presented. */
export type Invalid = Refusal<'invalid'>;
/** Time ended it. `error.code` is `token_expired` where a refresh can still help, else `session_expired`. */
export type Expired = Refusal<'expired'>;
/** It was ended on purpose. */
export type Revoked = Refusal<'revoked'> & {
  readonly reason: EndReason;
  /** Where it made room for another sign-in: the device of that. */
  readonly replacedBy?: Device;
};

/** The session owes a fresh login: `confirmLogin` opens it again. */
export type StepUpRequired = Refusal<'step-up-required'>;

/** No such session; another user's id answers the same. */
export interface NotFound {
  readonly status: 'not-found';
}

/** What `create` gives. */
export type CreateOutcome<Data extends object = Record<string, unknown>> =
  | {
      readonly status: 'created';
      readonly session: SessionView<Data>;
      readonly tokens: Tokens;
      /** The sessions that this one replaced, or that made room for it: `reason` tells which. */
      readonly ended: readonly SessionView<Data>[];
    }
  | LimitReached<Data>
  /** The sign-in began before the user's sessions were all ended: the password it read may be the old one. */
  | Refusal<'stale-sign-in'>
  /** Its risk was too high (`risk.onSignIn`). Why is in the history and in the event `sign-in.refused`, and nothing of it in `error`. */
  | Refusal<'sign-in-refused'>;

/** The user has as many sessions as allowed. `error` carries all of this to the client, in problem+json. */
export interface LimitReached<Data extends object = Record<string, unknown>> extends Refusal<'limit-reached'> {
  readonly limit: number;
  /** What the limit counts. */
  readonly per: LimitKind;
  /**
   * The sessions that it counts, at most 100: one of them has to end. Where the sign-in would owe a step-up they tell device, name and times, and no more:
   * no address, place, user agent, risk or data.
   */
  readonly sessions: readonly SessionView<Data>[];
  /** One-time: with it and one of the ids `resolveLimit` ends that session and signs in. */
  readonly resolutionToken: string;
  /** ISO 8601. */
  readonly resolutionExpiresAt: string;
}

/** What `resolveLimit` gives. */
export type ResolveLimitOutcome<Data extends object = Record<string, unknown>> =
  | (Extract<CreateOutcome<Data>, { readonly status: 'created' }> & {
      /** What the sign-in it resumes was given to carry. */
      readonly carry: string | undefined;
    })
  /** Still too many: the session named has ended, and the same token can name the next one. */
  | LimitReached<Data>
  | Refusal<'stale-sign-in'>
  /** As from `create`: judged again, by whoever goes on with it. The token stays good. */
  | Refusal<'sign-in-refused'>
  /** The resolution token is none, or was used, or has expired. */
  | Invalid
  /** The session named is none of this user's; the token can name another. */
  | (NotFound & { readonly error: SessionError });

/** The token is good. */
export interface ActiveOutcome<Data extends object = Record<string, unknown>> {
  readonly status: 'active';
  readonly session: SessionView<Data>;
  /** When the token that was shown runs out: for one that rotation replaced, sooner than `session.deadlines.access`. ISO 8601. */
  readonly expiresAt: string;
  /** This use moved the access token's own deadline (refresh tokens are off): a persistent cookie is due again. */
  readonly slid: boolean;
}

/** What `verify` gives. */
export type VerifyOutcome<Data extends object = Record<string, unknown>> =
  ActiveOutcome<Data> | StepUpRequired | Expired | Revoked | Invalid;

/** What `refresh` gives. */
export type RefreshOutcome<Data extends object = Record<string, unknown>> =
  | ({ readonly status: 'rotated' } & Renewal<Data>)
  /** The parent was presented again; the same successor as before. */
  | ({ readonly status: 'repeated' } & Renewal<Data>)
  /** A spent token: taken as theft, the session is ended. */
  | Refusal<'reused'>
  /** The token is ahead of the store, which lost a write: the session is ended. */
  | Refusal<'rolled-back'>
  | Expired
  | Revoked
  | Invalid;

/** A session and the pair that now opens it. */
export interface Renewal<Data extends object = Record<string, unknown>> {
  readonly session: SessionView<Data>;
  readonly tokens: Tokens;
  /** The session's own grace, in milliseconds: later than this after the renewal its cookies must not be sent any more. */
  readonly graceMilliseconds: number;
}

/** What `reissue` gives. */
export type ReissueOutcome<Data extends object = Record<string, unknown>> =
  | {
      readonly status: 'reissued';
      readonly session: SessionView<Data>;
      readonly tokens: Tokens;
      /** false: replicas did not confirm the write in time; after a failover the old tokens could be good again. */
      readonly durable: boolean;
    }
  | NotFound;

/** What `update` gives. */
export type UpdateOutcome<Data extends object = Record<string, unknown>> =
  { readonly status: 'updated'; readonly session: SessionView<Data> } | NotFound;

/** What `revoke` and `revokeToken` give. */
export type RevokeOutcome<Data extends object = Record<string, unknown>> =
  | {
      readonly status: 'ended';
      readonly session: SessionView<Data>;
      /** false: replicas did not confirm the write in time; a failover could lose it. */
      readonly durable: boolean;
    }
  | NotFound;

/** What `revokeDevice` gives. */
export type RevokeDeviceOutcome =
  | {
      readonly status: 'ended';
      /** How many sessions ended. */
      readonly count: number;
      /** false: replicas did not confirm all of them in time; a failover could lose that. */
      readonly durable: boolean;
    }
  | NotFound;

/** What `revokeAll` and `revokeUntrusted` give. */
export interface RevokeAllOutcome<Data extends object = Record<string, unknown>> {
  readonly status: 'ended';
  /** How many sessions this call ended. */
  readonly count: number;
  /** false: replicas did not confirm the write in time; a failover could lose it. */
  readonly durable: boolean;
  /** The session kept and its new tokens, where `reissue` was asked for and there was one to keep. */
  readonly reissued: { readonly session: SessionView<Data>; readonly tokens: Tokens } | null;
}

/** RFC 7662 section 2.2, and what the `claims` option adds. */
export type Introspection =
  | { readonly active: false }
  | {
      readonly active: true;
      readonly token_type: 'access_token' | 'refresh_token';
      readonly sub: string;
      readonly client_id: string;
      readonly sid: string;
      readonly scope?: string;
      /** Seconds since the epoch. */
      readonly exp: number;
      /** Absent for a token that rotation replaced and that is still honoured. */
      readonly iat?: number;
      readonly auth_time: number;
      readonly amr?: readonly string[];
      /** Only where an administrator uses the session in the user's place: who (RFC 8693 section 4.1). */
      readonly act?: { readonly sub: string };
      readonly [claim: string]: unknown;
    };

/** What `health` gives. */
export type Health =
  | { readonly status: 'up'; readonly milliseconds: number }
  | { readonly status: 'down'; readonly error: SessionError };
