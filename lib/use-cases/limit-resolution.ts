import { exposedData } from '../domain/exposed-data';
import { SessionError } from '../domain/error';
import { isoTime } from '../domain/iso-time';
import type { Limits } from '../domain/limits';
import { userKey, userTag } from '../domain/session-id';
import type { SessionView } from '../domain/session-view';
import type { OneTimeId } from '../domain/slotted-id';
import { unprovenView } from '../domain/unproven-view';
import type { Create } from '../store/creation';
import type { LimitReached as Stored } from '../store/outcomes';
import { mintOneTimeToken } from '../tokens/one-time-token';
import { auditEntry, type AuditRules } from './audit';
import { auditClient } from './audit-client';
import type { Context } from './context';
import { userActor } from './ending';
import type { SessionDraft } from './new-session';
import type { LimitReached } from './outcomes';
import { presentSession } from './present';

export const resolutionPurpose = 'limit_resolution';

const resolutionMilliseconds = 5 * 60_000;

/** A sign-in that a limit stopped: what it needs to go on, as the store keeps it. */
export interface StoppedSignIn {
  readonly draft: SessionDraft;
  readonly limits: Limits;
  readonly replacesDevice: boolean;
  readonly carry: string | null;
}

/** With what a stopped sign-in is resumed. */
export interface Resolution {
  readonly token: string;
  readonly expiresAt: number;
}

/** Makes the resolution token of a sign-in, and what the store keeps of it should a limit stop it. */
export function prepareResolution(
  rules: AuditRules,
  { draft, ...rest }: StoppedSignIn,
): {
  readonly token: string;
  readonly onReached: (at: number) => NonNullable<Create['onReached']>;
} {
  const user = userKey(draft.profile.userId);
  const { token, id } = mintOneTimeToken(userTag(user));
  return {
    token,
    onReached: (at) => ({
      oneTime: {
        id,
        purpose: resolutionPurpose,
        expiresAt: resolutionExpiry(at),
        uses: 1,
        user,
        // The resumed sign-in is as old as this one: a password change in between must stop it.
        payload: JSON.stringify({ ...rest, draft: begunAt(draft, at) }),
      },
      audit: auditEntry(rules, at, 'session_limit_reached', {
        actor: userActor,
        sessionId: null,
        ip: draft.profile.ip,
        client: auditClient(draft.profile),
      }),
    }),
  };
}

export function resolutionExpiry(at: number): number {
  return at + resolutionMilliseconds;
}

/** Finds a sign-in by its resolution token; undefined where that is none, was used or has expired. */
export async function findStopped(
  { store }: Context,
  id: OneTimeId,
  at: number,
): Promise<{ readonly stopped: StoppedSignIn; readonly expiresAt: number } | undefined> {
  const known = await store.findOneTime(id);
  if (known?.purpose !== resolutionPurpose || known.expiresAt <= at) return undefined;
  return { stopped: JSON.parse(known.payload) as StoppedSignIn, expiresAt: known.expiresAt };
}

/** Tells of the limit, and gives the client what it needs to choose. */
export function presentReached(
  { settings, events }: Context,
  { limit: { per, max }, records }: Stored,
  userId: string,
  { token, expiresAt, isProven }: Resolution & { readonly isProven: boolean },
): LimitReached {
  events.emit('limit.reached', { userId, limit: max, per });
  const views = records.map((record) => presentSession(record));
  const sessions = isProven ? views : views.map(choice);
  const told = { limit: max, per, resolutionToken: token, resolutionExpiresAt: isoTime(expiresAt) };
  const shown = sessions.map((view) => ({ ...view, data: exposedData(view.data, settings.expose) }));
  const error = new SessionError('session_limit_reached', { extensions: { ...told, sessions: shown } });
  return { status: 'limit-reached', error, sessions, ...told };
}

/** What tells one session from another, for whoever has the password and is not taken for the user yet. */
function choice(view: SessionView): SessionView {
  return { ...unprovenView(view), risk: null, methods: [], scope: [] };
}

function begunAt(draft: SessionDraft, at: number): SessionDraft {
  // A time that has not come yet would pass every end of all sessions until then.
  return { ...draft, startedAt: Math.min(draft.startedAt ?? at, at), authenticatedAt: draft.authenticatedAt ?? at };
}
