/**
 * What an administrator's credential may be allowed to do; the list is closed:
 * - `users:read`: see anyone's sessions, limits and lock state;
 * - `users:write`: end sessions, set limits, unlock accounts;
 * - `fleet:read`: counts, and the search for one session;
 * - `fleet:write`: end everyone's sessions;
 * - `tokens:introspect`: ask what a token stands for (RFC 7662);
 * - `tokens:revoke`: revoke a token (RFC 7009);
 * - `impersonate`: act as someone else;
 * - `one-time-tokens`: issue one-time tokens;
 * - `audit:read`: read people's histories and the access log.
 */
export const adminScopes = [
  'users:read',
  'users:write',
  'fleet:read',
  'fleet:write',
  'tokens:introspect',
  'tokens:revoke',
  'impersonate',
  'one-time-tokens',
  'audit:read',
] as const;

/** One thing that an administrator's credential may be allowed to do. */
export type AdminScope = (typeof adminScopes)[number];
