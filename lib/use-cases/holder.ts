import type { Actor } from '../domain/actor';
import type { SessionRecord } from '../domain/session-record';
import { userActor } from './ending';

/** Whoever holds the tokens of a session: the user, or the administrator who uses it in the user's place. */
export function holderOf({ profile: { impersonator } }: Pick<SessionRecord, 'profile'>): Actor {
  return impersonator ? { type: 'impersonator', id: impersonator.id } : userActor;
}
