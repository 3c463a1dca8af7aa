import { SessionError } from '../domain/error';
import type { Context } from './context';
import { changedSince } from './credentials-changed';
import type { SessionDraft } from './new-session';
import type { CreateOutcome } from './outcomes';

/** Whether the app knows of a change of credentials since the sign-in began. */
export async function isStale(context: Context, { startedAt, profile }: SessionDraft): Promise<boolean> {
  return startedAt !== null && changedSince(context, profile.userId, startedAt);
}

/** Tells of a sign-in that was overtaken, and refuses it. */
export function refuseStale(
  { events }: Context,
  userId: string,
): Extract<CreateOutcome, { readonly status: 'stale-sign-in' }> {
  events.emit('sign-in.stale', { userId });
  return { status: 'stale-sign-in', error: new SessionError('stale_sign_in') };
}
