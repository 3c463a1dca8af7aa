import { clientMark } from '../../device/client-mark';
import { profileClient } from '../../device/client-profile';
import type { AuditClient } from '../../domain/audit-entry';
import type { Client } from '../../domain/client';
import type { Profile, SessionRecord } from '../../domain/session-record';
import { auditClient } from '../audit-client';
import type { Context } from '../context';
import { locate } from '../locate';
import { following } from './following';

/** A login that was confirmed. */
interface Confirmed {
  /** What the session shows from then on. */
  readonly profile: Profile;
  /** Who did, for the history. */
  readonly told: { readonly ip?: string | null; readonly client?: AuditClient };
}

/** What was found is answered: the user has proved to be there. */
const answered = Object.freeze({ score: 0, level: 'none', signals: [] } as const);

/** The session shows where its user has confirmed the login, and knows them from then on. */
export async function confirmed(
  context: Context,
  { id, profile }: SessionRecord,
  client: Client | undefined,
): Promise<Confirmed> {
  if (!context.settings.risk) return { profile, told: {} };
  const known = profile.risk?.known ?? [];
  // Without a caller it is told of the session's device all the same: that is now its user's.
  const told = { client: auditClient({ ...profile, risk: null }) };
  if (!client) return { profile: { ...profile, risk: { ...answered, known } }, told };
  const mark = clientMark(id, client, context.settings.privacy.ip);
  const facts = profileClient(client, context.devices, context.settings.privacy);
  const caller = { ...facts, location: facts.location ?? (await locate(context, client.ip)) };
  return {
    profile: following(profile, { profile: caller, mark, risk: answered, isProven: true }),
    told: { ip: caller.ip, client: auditClient(caller) },
  };
}
