import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SessionError } from '../domain/error';
import type { SessionView, Tokens } from '../domain/session-view';
import type { SessionManager } from '../session-manager';
import type { StartImpersonationOutcome } from '../use-cases/impersonation/outcomes';
import type { StartImpersonationInput } from '../use-cases/impersonation/request';
import { clientFacts } from './client-facts';
import type { Transport } from './credentials';
import { finishSignIn } from './finish-sign-in';
import { forbiddenWhileImpersonating } from './forbidden-while-impersonating';
import { isSessionError } from './problem';
import { requestSession } from './request-session';
import { judgeCookies, type Refused } from './taken-over';
import { readTransport } from './wanted-transport';

/** An impersonation over HTTP: {@link StartImpersonationInput}, less what the request itself tells. */
export interface ImpersonateInput<Data extends object = Record<string, unknown>> extends Omit<
  StartImpersonationInput<Data>,
  'client'
> {
  /** `cookie` unless given. As `bearer` no cookie is set, and `tokens` are yours to send. */
  readonly transport?: Transport;
}

/** What {@link impersonate} gives. */
export type ImpersonateOutcome<Data extends object = Record<string, unknown>> =
  | {
      readonly status: 'started';
      readonly session: SessionView<Data>;
      /** Only as bearer: in cookie mode no token leaves by any other way (A13). */
      readonly tokens?: Tokens;
    }
  /** `csrf_refused`: another site's page asked; `credentials_conflict`: a session cookie came twice. */
  | Refused
  | Exclude<StartImpersonationOutcome<Data>, { readonly status: 'started' }>;

/**
 * Begins an impersonation for the administrator who sent this request, whom the app has authorized, and sets its cookie on the response
 * unless asked for a bearer token. The session takes the place of whatever session cookies the browser had for this manager: an impersonation
 * among them ends first, any other session does not. Give the administrators' app cookies of its own (`cookies.prefix`, or another host), or its
 * people are signed out of it.
 *
 * Where the administrator is signed in with this manager, the impersonation ends with that session, even if `actor.sessionId` is left
 * out. 1 round trip, 2 with such a session; up to 4 more where the browser had a session cookie.
 *
 * @throws SessionError `store_unavailable`, and then no cookie is touched; `hook_failed`; `request_invalid` for an unusable input
 */
export async function impersonate<Data extends object>(
  sessions: SessionManager<Data>,
  req: IncomingMessage,
  res: ServerResponse,
  { transport: wanted, ...input }: ImpersonateInput<Data>,
): Promise<ImpersonateOutcome<Data>> {
  const transport = readTransport(wanted);
  const replaced = transport === 'cookie' ? judgeCookies(sessions, req, true) : undefined;
  if (isSessionError(replaced)) return { status: 'refused', error: replaced };
  const own = requestSession(req, sessions)?.session;
  const nested = forbiddenWhileImpersonating(own);
  if (nested) return forbidden(nested);

  // Left out, it is the administrator's own, also where the app left it out by passing undefined.
  const sessionId = input.actor.sessionId ?? own?.id;
  const actor = { ...input.actor, ...(sessionId !== undefined && { sessionId }) };
  await endReplaced(sessions, replaced?.access, input.actor.id);
  const outcome = await sessions.impersonation.start({ ...input, actor, client: clientFacts(req) });
  if (outcome.status !== 'started') return outcome;
  const { session, ...given } = await finishSignIn(sessions, req, res, { ...outcome, ended: [] }, replaced);
  return { status: 'started', session, ...(given.tokens && { tokens: given.tokens }) };
}

/**
 * An impersonation whose only token is about to be overwritten: nobody could end it any more, and it would last until its cap. Before the
 * next one begins: should this fail, there is none whose token nobody has.
 */
async function endReplaced(
  sessions: SessionManager<object>,
  accessToken: string | undefined,
  by: string,
): Promise<void> {
  if (accessToken === undefined) return;
  const look = { slide: false, confirm: false, fresh: true } as const;
  const outcome = await sessions.verify(accessToken, undefined, look);
  if (outcome.status !== 'active' || !outcome.session.actor) return;
  await sessions.impersonation.stop(outcome.session.id, { actor: { type: 'admin', id: by } });
}

function forbidden(error: SessionError): { readonly status: 'forbidden'; readonly error: SessionError } {
  return { status: 'forbidden', error };
}
