/** The reasons for which this library itself ends sessions. The order is the stored code: append only. */
export const endReasons = [
  'signed_out',
  'revoked',
  'revoked_all',
  'untrusted',
  'password_changed',
  'replaced',
  'token_revoked',
  'token_reuse',
  'store_rolled_back',
  'evicted',
  'impersonation_stopped',
  'impersonator_signed_out',
  'fleet_ended',
  'risk',
  'erased',
  'disowned',
] as const;

/** Why a session ended: one of those that this library gives, or a word of the app's own (`[a-z][a-z0-9_]*`, at most 32 characters). */
export type EndReason = (typeof endReasons)[number] | (string & {});

const pattern = /^[a-z][a-z0-9_]{0,31}$/;

export function isEndReason(value: unknown): value is EndReason {
  return typeof value === 'string' && pattern.test(value);
}
