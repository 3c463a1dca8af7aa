import type { AuditEvent } from '../domain/audit-entry';

/** The reason on the entry of a sign-in that made a session which owes a fresh login. */
export const owesLogin = 'step_up';

/** Why entries of an event are kept in another way than the rest of a history. */
export type Keeping = 'telling' | 'latest' | 'bounded';

/**
 * - `telling`: they tell who the user is, and which sign-ins were not theirs. Beyond the newest `retention.auditEntries` of all, so many of these
 *   are kept as `retention.tellingEntries` says: else noise would make a stranger of the user, and the user of a stranger.
 * - `latest`: beyond those, the one is kept that is the newest of its event.
 * - `bounded`: whoever has only the password makes as many as they like: more than `retention.unprovenEntries` of the event are never kept, so
 *   that they do not wash the rest away.
 *
 * Of the sign-ins, those that owe a fresh login (`owesLogin`) are bounded, by themselves, and tell nothing.
 */
export const keepings: Readonly<Partial<Record<AuditEvent, Keeping>>> = {
  session_created: 'telling',
  step_up_confirmed: 'telling',
  sign_in_disowned: 'telling',
  token_reused: 'latest',
  sign_in_refused: 'bounded',
};
