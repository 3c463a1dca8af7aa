/**
 * What an administrator's credential may be allowed to do; the list is closed:
 * - `users:read`: see anyone's sessions, limits and lock state;
 * - `users:write`: end sessions, set limits, unlock accounts;
 * - `users:export`: have all that is kept of a user, the app's own data too;
 * - `users:erase`: forget a user;
 * - `fleet:read`: counts, and the search for one session;
 * - `fleet:write`: end everyone's sessions;
 * - `tokens:introspect`: ask what a token stands for (RFC 7662);
 * - `tokens:revoke`: revoke a token (RFC 7009);
 * - `impersonate`: act as someone else;
 * - `one-time-tokens`: issue one-time tokens;
 * - `audit:read`: read people's histories, the access log, and the feed of all entries;
 * - `audit:write`: have entries delivered again that sinks did not take.
 */
export const adminScopes = [
  'users:read',
  'users:write',
  'users:export',
  'users:erase',
  'fleet:read',
  'fleet:write',
  'tokens:introspect',
  'tokens:revoke',
  'impersonate',
  'one-time-tokens',
  'audit:read',
  'audit:write',
] as const;

/** One thing that an administrator's credential may be allowed to do. */
export type AdminScope = (typeof adminScopes)[number];
