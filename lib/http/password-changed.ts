import type { IncomingMessage, ServerResponse } from 'node:http';
import { SessionError } from '../domain/error';
import type { SessionView, Tokens } from '../domain/session-view';
import { viewForBearer } from '../domain/unproven-view';
import type { SessionManager } from '../session-manager';
import { refuseWhileImpersonating } from './forbidden-while-impersonating';
import { forgetSession } from './forget-session';
import type { RequestSession } from './found-sessions';
import { handOver } from './hand-over';
import { detachSession, requestSession } from './request-session';

/** Whose password changed, and what becomes of the session that changed it. */
export interface PasswordChangedInput {
  /** The user of this request's session unless given: needed where there is none, as after a reset by mail. */
  readonly userId?: string;
  /** false: this session ends as well. */
  readonly keepCurrent?: boolean;
}

/** What {@link passwordChanged} gives. */
export interface PasswordChangedOutcome<Data extends object = Record<string, unknown>> {
  readonly status: 'ended';
  /** How many sessions ended. */
  readonly count: number;
  /** false: replicas did not confirm the write in time; a failover could lose it. */
  readonly durable: boolean;
  /** The session that was kept, if any. */
  readonly session: SessionView<Data> | null;
  /** The kept session's new tokens; only for a bearer client: yours to send. */
  readonly tokens?: Tokens;
}

/**
 * Ends a user's sessions after a change of password (ASVS 7.4.3) and refuses sign-ins that read the old one. The session of
 * this request is kept, if it is the user's, and gets new tokens: cookie clients in the response. All of it is one atomic
 * step. Where another request has replaced that session's tokens by force since this one was admitted, as after a change of
 * password of its own, the session ends with the rest. 1 round trip.
 *
 * Where an administrator uses this request's session it refuses, and by then the handler has written the new password: put
 * `requireSession(sessions, { allowImpersonation: false })` before such a handler.
 *
 * @throws SessionError `forbidden_while_impersonating`, and nothing ends; `sessions_not_revoked` where the store does not answer: no cookie is touched, and the attempt goes on in
 *   the background, which ends this session too; `no_session` where there is neither a session nor a `userId`
 */
export async function passwordChanged<Data extends object>(
  sessions: SessionManager<Data>,
  req: IncomingMessage,
  res: ServerResponse,
  { userId, keepCurrent = true }: PasswordChangedInput = {},
): Promise<PasswordChangedOutcome<Data>> {
  const known = requestSession(req, sessions);
  refuseWhileImpersonating(known?.session);
  const user = userId ?? known?.session.userId;
  if (user === undefined) {
    throw new SessionError('no_session', { detail: 'Run requireSession before this, or pass userId.' });
  }
  return endAfterChange(sessions, req, res, { userId: user, known, keep: keepCurrent ? 'reissued' : 'no' });
}

/** How {@link endAfterChange} ends a user's sessions. */
export interface AfterChange {
  readonly userId: string;
  /** The session that the request has, or had. */
  readonly known: RequestSession | undefined;
  /** What becomes of it, if it is the user's: `as-is` is for one whose tokens the same request has just been given. */
  readonly keep: 'no' | 'as-is' | 'reissued';
}

/** Ends a user's sessions after a change of password. */
export async function endAfterChange<Data extends object>(
  sessions: SessionManager<Data>,
  req: IncomingMessage,
  res: ServerResponse,
  { userId, known, keep }: AfterChange,
): Promise<PasswordChangedOutcome<Data>> {
  // Whoever changes another user's password keeps their own session.
  const own = known?.session.userId === userId ? known : undefined;
  const { status, count, durable, reissued } = await sessions.revokeAll(userId, {
    reason: 'password_changed',
    retry: true,
    reissue: keep === 'reissued',
    // A request that another one's change of password has overtaken must not get the tokens of the session that this one kept.
    ...(own && keep !== 'no' && { except: own.session.id, token: own.accessToken }),
  });
  if (own && reissued) {
    const given = await handOver(sessions, req, res, own.transport, { ...reissued, use: 'reissued' });
    return { status, count, durable, session: viewForBearer(reissued.session), ...given };
  }
  if (own && keep === 'no') forgetSession(sessions, req, res, own);
  // It had ended before, or ends now; its cookies are not this call's to clear.
  if (own && keep === 'reissued') detachSession(req, sessions);
  return { status, count, durable, session: null };
}
