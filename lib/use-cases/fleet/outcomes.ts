import type { DeviceType } from '../../domain/client';
import type { SessionError } from '../../domain/error';
import type { FleetEndingView } from '../../domain/fleet-ending-view';

/** What `fleet.counts` gives. Sessions that administrators use in the place of users are not counted. */
export interface FleetCounts {
  readonly status: 'counted';
  /** When the count began; ISO 8601. */
  readonly measuredAt: string;
  /** How long it took. */
  readonly milliseconds: number;
  readonly sessions: number;
  readonly users: number;
  readonly byDeviceType: Readonly<Partial<Record<DeviceType, number>>>;
  /** By ISO 3166 code, and `unknown`. */
  readonly byCountry: Readonly<Record<string, number>>;
  /** Of the last 24 hours by the clock, the oldest first and the present one last. `hour`: when it begins, ISO 8601. */
  readonly signIns: readonly { readonly hour: string; readonly count: number }[];
  readonly error: FleetCountsError;
}

/** By how much counts may be off. */
export interface FleetCountsError {
  /** Sessions: about so many began or ended while they were counted, by the busiest of the 24 hours. */
  readonly sessions: number;
  /** Sessions: by no more is any country's count off, in 95 counts of 100. 0: none was left out. */
  readonly byCountry: number;
  /**
   * Seconds: a process that crashed has taken the sign-ins of so long with it; those of so long count twice where the store had added them
   * and the reply was lost.
   */
  readonly signIns: number;
}

/** What `fleet.prepareEnding` gives. */
export interface PreparedFleetEnding {
  readonly status: 'prepared';
  readonly sessions: number;
  readonly users: number;
  /** One-time, for this actor: what `fleet.endAll` asks for. A secret. */
  readonly confirmation: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** What `fleet.endAll` gives. */
export type EndAllOutcome =
  /** No session and no sign-in that began before is good any more once it is renewed or recorded; the rest goes on by itself. */
  | { readonly status: 'started'; readonly ending: FleetEndingView }
  /** `error` is `one_time_token_invalid` with the same `reason`. */
  | {
      readonly status: 'invalid';
      /** `invalid`: it is no confirmation, or another actor's. */
      readonly reason: 'spent' | 'expired' | 'invalid';
      readonly error: SessionError;
    }
  /** Another one has not finished; the confirmation stays good. */
  | { readonly status: 'under-way'; readonly ending: FleetEndingView; readonly error: SessionError };
