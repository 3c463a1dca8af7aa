import type { DeviceType } from './client';

/** How many sessions one user may have at a time, in numbers alone; null: no limit. All that are set apply. */
export interface Limits {
  /** For every user. */
  readonly user: number | null;
  /** This user's own, unless the store holds one that was set for them. */
  readonly own: number | null;
  /** Which of both counts: `user` the user's own where there is one, `strictest` the lower. */
  readonly precedence: 'user' | 'strictest';
  /** In each application that `applications` does not name. */
  readonly application: number | null;
  readonly applications: Readonly<Record<string, number>>;
  /** On devices of one type. */
  readonly deviceTypes: Readonly<Partial<Record<DeviceType, number>>>;
}

/** What a limit counts: all sessions of the user, those in one application, or those on devices of one type. */
export type LimitKind = 'user' | 'application' | 'device-type';

/** A limit that is reached. */
export interface ReachedLimit {
  readonly per: LimitKind;
  readonly max: number;
}

/** In which order sessions make room: the one that began first, or the one not used for longest. */
export type EvictionOrder = 'oldest' | 'least-recent';

/** What holds for one application: the limit that names it, else that of each; null: none. */
export function applicationLimit(
  { application, applications }: Pick<Limits, 'application' | 'applications'>,
  id: string,
): number | null {
  return Object.hasOwn(applications, id) ? (applications[id] ?? application) : application;
}

/** Requirement 23: a global limit of 3 and a user's own of 5 give 5, or 3 where the stricter wins. */
export function userLimit(
  { user, own, precedence }: Pick<Limits, 'user' | 'own' | 'precedence'>,
  stored: number | null,
): number | null {
  const theirs = stored ?? own;
  if (theirs === null || user === null) return theirs ?? user;
  return precedence === 'user' ? theirs : Math.min(theirs, user);
}
