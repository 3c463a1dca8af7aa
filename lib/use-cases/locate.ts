import type { Client } from '../domain/client';
import type { Location } from '../domain/location';
import type { Context } from './context';
import { unanswered } from './hooks';
import type { SessionDraft } from './new-session';
import type { Found } from './places';

/**
 * Where an address is, as far as the app's resolver knows; null where it does not, where there is none, and where the address is
 * private or none. From the full address, whatever is kept of it. Never rejects, and takes no longer than `geo.deadline`.
 */
export async function locate(
  context: Pick<Context, 'places'>,
  ip: string | undefined | null,
): Promise<Location | null> {
  const found = await lookUp(context, ip);
  return found === unanswered ? null : found;
}

/** The same for those to whom it matters whether the resolver knows of no place or has failed. */
export async function lookUp({ places }: Pick<Context, 'places'>, ip: string | undefined | null): Promise<Found> {
  return places && ip ? places.find(ip) : null;
}

/** A sign-in with its place. What the app told itself, such as from its CDN, stands. */
export async function placeDraft(
  context: Pick<Context, 'places'>,
  draft: SessionDraft,
  client: Client | undefined,
): Promise<SessionDraft> {
  if (draft.profile.location || !context.places) return draft;
  const location = await locate(context, client?.ip);
  return location ? { ...draft, profile: { ...draft.profile, location } } : draft;
}
