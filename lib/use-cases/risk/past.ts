import { userKey } from '../../domain/session-id';
import type { SessionId } from '../../domain/session-id';
import type { Sighting } from '../../domain/sighting';
import { retention } from '../../store/retention';
import type { Context } from '../context';
import { type Established, establishedBy } from './established';
import { sightingOf } from './sightings';

// All that stores keep, in one call.
const mostEntries = retention.auditEntries + retention.tellingEntries + 1;
const mostOthers = 100;

/** What is kept of a user that a judgement goes by. */
export interface Past extends Established {
  readonly others: readonly Sighting[];
  readonly tokenReusedAt: number | null;
}

/** Two reads at once, of the history and of the live sessions: one wait. @throws SessionError `store_unavailable` */
export async function readPast(
  { store }: Pick<Context, 'store'>,
  { userId, except, at }: { readonly userId: string; readonly except: SessionId | null; readonly at: number },
): Promise<Past> {
  const user = userKey(userId);
  const [{ entries }, { records }] = await Promise.all([
    store.history({ user, at, after: null, limit: mostEntries }),
    store.list({ user, at, kind: 'active', after: null, limit: mostOthers, applicationId: null }),
  ]);
  // Neither an administrator nor whoever has yet to prove to be the user shows where the user is.
  const others = records.filter(({ id, stepUp, profile }) => id !== except && !stepUp && !profile.impersonator);
  return {
    ...establishedBy(entries),
    others: others.map(({ profile, lastSeenAt }) => sightingOf(profile, lastSeenAt)),
    tokenReusedAt: entries.find(({ event }) => event === 'token_reused')?.at ?? null,
  };
}
