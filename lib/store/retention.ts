const day = 86_400_000;

/**
 * How long and how much stores remember unless they are told otherwise (`lib/options/retention.ts`). Key TTLs only collect garbage: what is
 * expired is judged by the clock.
 */
export const retention = {
  /** Tombstones of one user, newest kept. */
  tombstones: 20,
  tombstoneMilliseconds: 30 * day,
  /** A record that ran out by time stays this long, so that its token is told `expired` and not `invalid`. */
  expiredMilliseconds: day,
  /** By which a command that was sent twice is recognised, where nothing else is kept of its user. */
  attemptsMilliseconds: day,
  /** A one-time token stays so long behind its end, so that its bearer is told that it has expired. */
  expiredOneTimeMilliseconds: 600_000,
  /** So many refusals of one token the history tells: whoever shows it on and on must not wash the rest away. At most 15. */
  oneTimeRefusals: 10,
  /** And so many uses that were taken of it, for the same reason. At most 15. */
  oneTimeRedemptions: 10,
  /** History entries of one user, newest kept. */
  auditEntries: 200,
  /** Beyond them, of those that tell who the user is, newest kept (`kept-entries.ts`). */
  tellingEntries: 50,
  /** Of refused sign-ins, and of those that owe a fresh login: each time anybody tries who has the password. */
  unprovenEntries: 20,
  auditMilliseconds: 365 * day,
  /** Entries in the log of the administrators' API, newest kept. */
  accessEntries: 10_000,
  accessMilliseconds: 365 * day,
  /** Of those by nobody who could be told, beside them: strangers must not push out what administrators did. */
  anonymousAccessEntries: 1_000,
  /** Entries on their way to sinks, of all users who share a tag: the oldest are lost beyond that, and counted. */
  outboxEntries: 10_000,
  /** An outbox that nobody writes to or reads any more. */
  outboxMilliseconds: 30 * day,
  /** Entries that were given up, of all users who share a tag, newest kept. */
  deadLetters: 1_000,
  /** Behind its end a lease is still its worker's, unless another has taken it. */
  leaseMilliseconds: 600_000,
  /** How long the sign-ins of an hour are remembered. */
  signInsMilliseconds: 8 * day,
  /** As long as the longest absolute lifetime that any process may configure. */
  epochMilliseconds: 400 * day,
  /** A counter nobody counts on any more; one that is held for good stays. */
  counterMilliseconds: 30 * day,
  /** That a device has signed in before is remembered so long after the last time. */
  knownMilliseconds: 400 * day,
} as const;

/** What one store remembers. */
export type Retention = { readonly [Name in keyof typeof retention]: number };
