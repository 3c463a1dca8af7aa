const day = 86_400_000;

/** How long and how much stores remember. Key TTLs only collect garbage: what is expired is judged by the clock. */
export const retention = {
  /** Tombstones of one user, newest kept. */
  tombstones: 20,
  tombstoneMilliseconds: 30 * day,
  /** A record that ran out by time stays this long, so that its token is told `expired` and not `invalid`. */
  expiredMilliseconds: day,
  /** A one-time token stays so long behind its end, so that its bearer is told that it has expired. */
  expiredOneTimeMilliseconds: 600_000,
  /** So many refusals of one token the history tells: whoever shows it on and on must not wash the rest away. At most 15. */
  oneTimeRefusals: 10,
  /** And so many uses that were taken of it, for the same reason. At most 15. */
  oneTimeRedemptions: 10,
  /** History entries of one user, newest kept. */
  auditEntries: 200,
  auditMilliseconds: 365 * day,
  /** Entries in the log of the administrators' API, newest kept; each as long as an audit entry. */
  accessEntries: 10_000,
  /** Of those by nobody who could be told, beside them: strangers must not push out what administrators did. */
  anonymousAccessEntries: 1_000,
  /** How long the sign-ins of an hour are remembered. */
  signInsMilliseconds: 8 * day,
  /** As long as the longest absolute lifetime that any process may configure. */
  epochMilliseconds: 400 * day,
  /** A counter nobody counts on any more; one that is held for good stays. */
  counterMilliseconds: 30 * day,
  /** That a device has signed in before is remembered so long after the last time. */
  knownMilliseconds: 400 * day,
} as const;
