import type { Actor } from '../domain/actor';
import type { DeviceType } from '../domain/client';
import type { EndReason } from '../domain/end-reason';
import type { SessionId, UserKey } from '../domain/session-id';
import type { Write } from './commands';

/** One step of a walk through all users that have live sessions at `at`. */
export interface SurveyQuery {
  readonly at: number;
  /** `next` of the step before; null: the first. */
  readonly cursor: string | null;
}

/** What one step came upon. A user with live sessions throughout the walk is met at least once, and seldom twice. */
export interface SurveyOutcome {
  /** The walk could not go on from the cursor and began anew, or has to with `next`: what earlier steps gave comes again. */
  readonly restarted: boolean;
  readonly users: readonly SurveyedUser[];
  /** null: that was all. */
  readonly next: string | null;
}

/**
 * A user with live sessions, as the index tells. Those that administrators use in the user's place are left out; who has no others
 * is met all the same.
 */
export interface SurveyedUser {
  readonly user: UserKey;
  readonly deviceTypes: Readonly<Partial<Record<DeviceType, number>>>;
  /** All that `deviceTypes` counts: what a sample is drawn from. */
  readonly sessions: readonly SessionId[];
}

/**
 * Sign-ins and sessions of all users that began at or before `floor` are refused as those at or before a user's own epoch are: the
 * higher of both counts, with its reason. A floor is never lowered.
 */
export interface RaiseFloor {
  readonly notAfter: number;
  readonly floor: number;
  readonly reason: EndReason;
}

/** What `raiseFloor` gives. */
export interface RaiseFloorOutcome {
  /** false: replicas did not confirm all of it in time. */
  readonly durable: boolean;
}

/** The ending of everybody's sessions, as it is kept while it goes on and after. The store keeps the last one. */
export interface FleetEnding {
  /** 22 base64url characters. */
  readonly id: string;
  /** Counts changes; a change names the version it was made from. 0: not stored yet. */
  readonly version: number;
  readonly floor: number;
  readonly reason: EndReason;
  readonly actor: Actor;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  /** How many there were by the dry run. */
  readonly expected: number;
  readonly endedSessions: number;
  readonly endedUsers: number;
  /** false: replicas did not confirm in time that the floor was raised, or that some of these sessions ended. */
  readonly durable: boolean;
  /** Where the walk goes on; null: at its beginning. */
  readonly cursor: string | null;
  /**
   * Whose sessions are being ended since this was written, and are not counted yet. Whoever goes on begins with them: their commands
   * are those of this batch again, and answer what they ended before.
   */
  readonly pending: {
    /** Counts the lists of users. */
    readonly batch: number;
    readonly users: readonly UserKey[];
    /** Whether it is about what a step before left of the same users. */
    readonly again: boolean;
  };
  /** Who goes on with it, and until when nobody else may. */
  readonly lease: { readonly holder: string; readonly until: number } | null;
}

/**
 * Keeps the state of an ending where the one that is stored has the version before; a new one where there is none, or another that is
 * finished. Of attempts it remembers the last.
 */
export interface SaveFleetEnding extends Write {
  /** With the version it is to have. */
  readonly ending: FleetEnding;
}

/** What `saveFleetEnding` gives. */
export type SaveFleetEndingOutcome =
  | { readonly status: 'saved' }
  /** Somebody else was faster; what is stored instead. */
  | { readonly status: 'conflict'; readonly ending: FleetEnding };

/** Adds sign-ins to the count of an hour. It carries no attempt: sent again because its reply was lost, it counts again. */
export interface TallySignIns extends Pick<Write, 'at' | 'notAfter'> {
  /** The instant at which the hour begins. */
  readonly hour: number;
  readonly count: number;
}
