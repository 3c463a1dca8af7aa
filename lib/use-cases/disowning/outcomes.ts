import type { Device } from '../../domain/client';
import type { SessionError } from '../../domain/error';
import type { Location } from '../../domain/location';
import type { IssuedOneTimeToken } from '../one-time-tokens/outcomes';
import type { NotFound } from '../outcomes';

/** What `disowning.issue` gives: the token, once, of which the store keeps a digest; `expiresAt` is ISO 8601. */
export type IssueDisowningOutcome = IssuedOneTimeToken | NotFound;

/** The sign-in that a link is about, as its session kept it: what the privacy options leave out is not there. */
export interface DisownedSignIn {
  /** With the name that the person had given it by the time the link was made. */
  readonly device: Device & { readonly name: string | null };
  readonly location: Pick<Location, 'city' | 'region' | 'country'> | null;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** A link that does nothing, or nothing more. */
export interface DisowningRefused {
  readonly status: 'refused';
  /** `invalid`: it is none, is unknown, was issued for something else, or its user was erased. */
  readonly reason: 'spent' | 'expired' | 'invalid';
  /** `one_time_token_invalid` with the same `reason`. */
  readonly error: SessionError;
}

/** What `disowning.inspect` gives. */
export type InspectDisowningOutcome =
  | {
      readonly status: 'valid';
      readonly session: DisownedSignIn;
      /** Until when it can be used; ISO 8601. */
      readonly expiresAt: string;
    }
  | DisowningRefused;

/** What `disowning.disown` gives. */
export type DisownSignInOutcome =
  | {
      readonly status: 'disowned';
      readonly userId: string;
      /** How many sessions ended: the one that the link is about, as far as it was still live, and those since. */
      readonly ended: number;
      /** How many others open nothing any more until their login is confirmed. */
      readonly stepUps: number;
      /** false: replicas did not confirm it in time; a failover could lose it. It is repeated until they do. */
      readonly durable: boolean;
    }
  | DisowningRefused;
