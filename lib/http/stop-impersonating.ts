import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SessionView } from '../domain/session-view';
import type { SessionManager } from '../session-manager';
import type { NotFound } from '../use-cases/outcomes';
import { actorIn } from './actor-in';
import { type Credentials, readCredentials, type Transport } from './credentials';
import { refuseCrossSite } from './csrf';
import { detachSession, requestSession } from './request-session';
import { setCookies } from './response-cookies';
import { clearedCookies } from './session-cookies';

/** What {@link stopImpersonating} gives. */
export type StopImpersonatingOutcome<Data extends object = Record<string, unknown>> =
  | {
      readonly status: 'ended';
      /** null where it had ended before. */
      readonly session: SessionView<Data> | null;
      /** false: replicas did not confirm the write in time; a failover could lose it. */
      readonly durable: boolean;
    }
  /** The request's session is no impersonation, or there is none: nothing has ended, and no cookie is touched. */
  | NotFound;

/** An impersonation that this request stands in; null where it is over. */
interface Found<Data extends object> {
  readonly session: SessionView<Data> | null;
  readonly transport: Transport;
}

const over: readonly string[] = ['impersonation_stopped', 'impersonator_signed_out'];

/**
 * Ends the impersonation that this request stands in and, in cookie mode, clears its cookies; stopping twice succeeds. The user's own
 * sessions, and the administrator's, go on. 2 round trips behind `requireSession`, else up to 5.
 *
 * @throws SessionError `csrf_refused`, `credentials_conflict`, `store_unavailable`; then nothing has ended and no cookie is touched
 */
export async function stopImpersonating<Data extends object>(
  sessions: SessionManager<Data>,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<StopImpersonatingOutcome<Data>> {
  const { cookies, csrf } = sessions.settings;
  const credentials = readCredentials(req, cookies, 'any');
  const known = requestSession(req, sessions);
  if ((known?.transport ?? credentials.transport) === 'cookie') {
    const refused = refuseCrossSite(req, csrf, true);
    if (refused) throw refused;
  }
  const found = known ? (known as Found<Data>) : await findPresented(sessions, credentials);
  if (!found || (found.session && !found.session.actor)) return { status: 'not-found' };
  const outcome = found.session
    ? await sessions.impersonation.stop(found.session.id, { actor: actorIn(found.session) })
    : { status: 'not-found' as const };
  if (found.transport === 'cookie') setCookies(res, clearedCookies(cookies));
  detachSession(req, sessions);
  return outcome.status === 'ended' ? outcome : { status: 'ended', session: null, durable: true };
}

/** Only one that is known to be an impersonation, or to have been one: of any other the cookies are not this call's to clear. */
async function findPresented<Data extends object>(
  sessions: SessionManager<Data>,
  credentials: Credentials,
): Promise<Found<Data> | undefined> {
  if (credentials.transport === 'none') return undefined;
  const { transport } = credentials;
  const token = credentials.transport === 'bearer' ? credentials.token : credentials.access;
  if (token === undefined) return undefined;
  const outcome = await sessions.verify(token, undefined, { slide: false, confirm: false, fresh: true });
  if (outcome.status === 'active') return { session: outcome.session, transport };
  return outcome.status === 'revoked' && over.includes(outcome.reason) ? { session: null, transport } : undefined;
}
