import { type Duration, durationMilliseconds, formatDuration } from '../domain/duration';
import { retention as defaults, type Retention } from '../store/retention';
import { optionError, refuseUnknown } from './read-options';

/** How long a store keeps each kind of data; what is left out is kept as long as is said here. Nothing is shown that is older. */
export interface RetentionOptions {
  /** What remains of a session that was ended, so that its own tokens and the list say why: 1 minute to 400 days; `30d`. */
  readonly endedSessions?: Duration | undefined;
  /** Sessions that ran out by time, so that their tokens are told `expired`: 1 minute to 400 days; `24h`. */
  readonly expiredSessions?: Duration | undefined;
  /** Entries of people's histories: 1 minute to 3,650 days; `365d`. At most the last 200 of a user, and 50 sign-ins beyond, in any case. */
  readonly history?: Duration | undefined;
  /** Calls of the administrators' API: 1 minute to 3,650 days; `365d`. At most the last 10,000 in any case. */
  readonly accessLog?: Duration | undefined;
  /** Counts of failed logins after the last of them: 1 to 400 days; `30d`. What is held stays held. */
  readonly failedLogins?: Duration | undefined;
  /** That a device has signed in to an account, which gives it a budget of its own: 1 to 400 days after the last time; `400d`. */
  readonly knownDevices?: Duration | undefined;
  /** Entries that wait for a durable sink, and those that were given up, after the last of their kind: 1 hour to 400 days; `30d`. */
  readonly undelivered?: Duration | undefined;
}

const minute = 60_000;
const day = 1_440 * minute;

/** A kind of data: under what name stores know how long it is kept, and how long that may be. */
interface Kind {
  readonly as: keyof Retention;
  readonly least: number;
  readonly most: number;
}

// Nothing is shorter than the longest deadline of a store: a command that is sent again finds what its first run left. Guessers
// must not have to wait less than a day until their failures are forgotten.
const kinds: Readonly<Record<keyof RetentionOptions, Kind>> = {
  endedSessions: { as: 'tombstoneMilliseconds', least: minute, most: 400 * day },
  expiredSessions: { as: 'expiredMilliseconds', least: minute, most: 400 * day },
  history: { as: 'auditMilliseconds', least: minute, most: 3_650 * day },
  accessLog: { as: 'accessMilliseconds', least: minute, most: 3_650 * day },
  failedLogins: { as: 'counterMilliseconds', least: day, most: 400 * day },
  knownDevices: { as: 'knownMilliseconds', least: day, most: 400 * day },
  undelivered: { as: 'outboxMilliseconds', least: 60 * minute, most: 400 * day },
};

/** The retention of a store. `store` is how errors call it. @throws SessionError `options_invalid` */
export function readRetention(input: unknown, store: string): Retention {
  const given = refuseUnknown(input, Object.keys(kinds), `${store}.retention`);
  const chosen: { -readonly [Name in keyof Retention]: number } = { ...defaults };
  for (const [name, { as, least, most }] of Object.entries(kinds)) {
    if (given[name] === undefined) continue;
    const option = `${store}.retention.${name}`;
    const milliseconds = durationMilliseconds(given[name], option);
    if (milliseconds < least || milliseconds > most) {
      throw optionError(option, `'${formatDuration(least)}' to '${formatDuration(most)}'`, given[name]);
    }
    chosen[as] = milliseconds;
  }
  return Object.freeze(chosen);
}
