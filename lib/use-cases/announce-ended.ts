import type { RevokeAll } from '../store/commands';
import type { RevokeAllOutcome } from '../store/outcomes';
import type { Context } from './context';

/** Tells of several sessions that ended in one step, and sees to it that replicas learn of it. */
export function announceEnded(
  { store, events, unconfirmed }: Context,
  userId: string,
  command: RevokeAll,
  { count, durable }: RevokeAllOutcome,
): void {
  const { reason, actor } = command.ending;
  events.emit('sessions.ended', { userId, count, reason, actor, durable });
  if (durable) return;
  const repeat = (notAfter: number) => store.revokeAll({ ...command, notAfter });
  unconfirmed.add({ userId, sessionId: null, repeat });
}
