import type { IncomingMessage, ServerResponse } from 'node:http';
import { SessionError } from '../domain/error';
import type { SessionView, Tokens } from '../domain/session-view';
import { viewForBearer } from '../domain/unproven-view';
import type { SessionManager } from '../session-manager';
import type { ReissueOptions } from '../use-cases/inputs';
import type { NotFound } from '../use-cases/outcomes';
import { refuseWhileImpersonating } from './forbidden-while-impersonating';
import { handOver } from './hand-over';
import { requestSession } from './request-session';

/** What {@link rotateTokens} gives. */
export type RotateTokensOutcome<Data extends object = Record<string, unknown>> =
  | {
      readonly status: 'reissued';
      readonly session: SessionView<Data>;
      /** false: replicas did not confirm the write in time; after a failover the old tokens could be good again. */
      readonly durable: boolean;
      /** Only for a bearer client: yours to send. */
      readonly tokens?: Tokens;
    }
  /** The session ended meanwhile, or another request has replaced its tokens by force since this one was admitted. */
  | (NotFound & { readonly error: SessionError });

/**
 * Replaces the tokens of this request's session by force, after a change of role or a fresh login: the old ones die now
 * (ASVS 7.2.4). Cookie clients get the new ones in the response. 2 round trips.
 *
 * @throws SessionError `no_session` unless `requireSession` or `signIn` ran before; `forbidden_while_impersonating` where an
 *   administrator uses the session; `store_unavailable`
 */
export async function rotateTokens<Data extends object>(
  sessions: SessionManager<Data>,
  req: IncomingMessage,
  res: ServerResponse,
  options: Omit<ReissueOptions, 'owner' | 'token'> = {},
): Promise<RotateTokensOutcome<Data>> {
  const known = requestSession(req, sessions);
  if (!known) throw new SessionError('no_session');
  refuseWhileImpersonating(known.session);
  const outcome = await sessions.reissue(known.session.id, { ...options, token: known.accessToken });
  if (outcome.status === 'not-found') return { ...outcome, error: new SessionError('no_session') };
  const { session, tokens, durable } = outcome;
  return {
    status: 'reissued',
    session: viewForBearer(session),
    durable,
    ...(await handOver(sessions, req, res, known.transport, { session, tokens, use: 'reissued' })),
  };
}
