import { randomBytes } from 'node:crypto';
import type { EvictionOrder, Limits } from '../../domain/limits';
import { type SessionId, userKey, userKeyLength, userTag } from '../../domain/session-id';
import type { OneTimeId } from '../../domain/slotted-id';
import type { Create, Eviction } from '../creation';
import type { OneTime } from '../one-times';
import { auditEntry } from './endings';
import { minute, start } from './records';

export const noLimits: Limits = {
  user: null,
  own: null,
  precedence: 'user',
  application: null,
  applications: {},
  deviceTypes: {},
};

/** None but these. */
export function limits(some: Partial<Limits>): Limits {
  return { ...noLimits, ...some };
}

export function evict(order: EvictionOrder, first: readonly SessionId[] = []): Eviction {
  return { order, first };
}

/** A one-time token of this user that nobody has used. */
export function newOneTime(userId: string, changes: Partial<OneTime> = {}): OneTime {
  const user = userKey(userId);
  const name = randomBytes(17).toString('base64url').slice(0, userKeyLength);
  const id = (userTag(user) + name) as OneTimeId;
  const payload = '{"a":[{}],"ü":"🏳️‍🌈\\u0000"}';
  return { id, purpose: 'limit', expiresAt: start + 5 * minute, uses: 1, user, payload, ...changes };
}

/** What a refusal at `at` leaves behind. */
export function onReached(oneTime: OneTime, at: number): NonNullable<Create['onReached']> {
  return { oneTime, audit: auditEntry('session_limit_reached', at, null) };
}
