import type { Context } from '../context';
import { disownPurpose as purpose } from '../one-time-tokens/purpose';
import { refuseOneTime } from '../one-time-tokens/refusal';
import type { DisowningRefused } from './outcomes';

/** Refuses a link; the reason is all that its bearer is told. */
export function refused(reason: DisowningRefused['reason']): DisowningRefused {
  return { status: 'refused', reason, error: refuseOneTime(reason).error };
}

/** The same of one that was to act, which the app hears of. `userId` null: nobody knows whose it was. */
export function refuseDisowning(
  { events }: Pick<Context, 'events'>,
  reason: DisowningRefused['reason'],
  userId: string | null,
): DisowningRefused {
  events.emit('one-time-token.refused', { purpose, userId, reason });
  return refused(reason);
}
