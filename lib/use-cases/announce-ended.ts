import type { RevokeAll } from '../store/commands';
import type { RevokeAllOutcome } from '../store/outcomes';
import type { Context } from './context';

/** Tells of several sessions that ended in one step. */
export function announceEnded(
  { events }: Context,
  userId: string,
  { ending }: Pick<RevokeAll, 'ending'>,
  { count, durable }: RevokeAllOutcome,
): void {
  const { reason, actor } = ending;
  events.emit('sessions.ended', { userId, count, reason, actor, durable });
}
