import type { IncomingMessage } from 'node:http';
import type { AdminActor } from '../../../domain/admin-actor';
import type { SessionError } from '../../../domain/error';
import type { CsrfSettings } from '../../../options/csrf';
import type { SessionManager } from '../../../session-manager';
import { readBearerToken } from '../../bearer-token';
import { refuseCrossSite } from '../../csrf';
import { isSessionError } from '../../problem';
import { actorProblem } from './actor-problem';
import { floodOf, notAdmitted } from './challenge';
import { type Identified, refused } from './identified';
import type { GuardSettings } from './options';

/**
 * Has the app tell who calls. What the Authorization header shows it, such as a password, could be guessed: after twenty that it did
 * not take, an address block waits for a minute, whatever it shows. That is looked for before the app is asked, and once more before its
 * word counts: of guesses that are sent at once, most would pass the first look together. 2 round trips where there is such a header.
 *
 * @throws SessionError `hook_failed` where none is shown, `store_unavailable`
 */
export async function askApp(
  sessions: SessionManager<object>,
  settings: GuardSettings,
  req: IncomingMessage,
  block: string | undefined,
): Promise<Identified> {
  const stranger = { kind: 'address', block } as const;
  if (req.headers.authorization === undefined) {
    const actor = await ask(sessions, settings, req);
    if (actor) return admitted(sessions, settings, req, { actor, block });
    return refused(notAdmitted(settings, { isBare: true, detail: 'No credential was sent.' }), stranger);
  }

  const guesser = { kind: 'guess', block } as const;
  const before = await sessions.access.findHold(guesser);
  if (before > 0) return refused(floodOf(before), null);
  let actor: AdminActor | null | undefined;
  try {
    actor = await ask(sessions, settings, req);
  } catch (error) {
    // An app may throw at a wrong password as well as at none of its own faults.
    if (isSessionError(error)) return refused(error, guesser);
    throw error;
  }
  const detail = 'The credential is not one of this API.';
  if (!actor) return refused(notAdmitted(settings, { isBare: false, detail }), guesser);
  const meanwhile = await sessions.access.findHold(guesser);
  if (meanwhile > 0) return refused(floodOf(meanwhile), null);
  return admitted(sessions, settings, req, { actor, block });
}

function ask(
  { access }: SessionManager<object>,
  { authorize }: GuardSettings,
  req: IncomingMessage,
): Promise<AdminActor | null | undefined> {
  return access.ask(() => authorize?.(req as never), actorProblem);
}

function admitted(
  { settings: { csrf } }: SessionManager<object>,
  settings: GuardSettings,
  req: IncomingMessage,
  { actor, block }: { readonly actor: AdminActor; readonly block: string | undefined },
): Identified {
  const crossSite = refuseBrowserOfOthers(settings, req, csrf);
  if (crossSite) return refused(crossSite, { kind: 'address', block }, actor.id);
  return { status: 'known', actor: copyOf(actor) };
}

/**
 * What browsers send by themselves, another site's page could make them send: cookies, and the password of Basic once they know it, or
 * tickets of Negotiate. Then it is judged as everywhere (A42, A43). Bearer alone is only sent by who holds it.
 */
function refuseBrowserOfOthers(
  { admitsBrowsers }: GuardSettings,
  req: IncomingMessage,
  csrf: CsrfSettings,
): SessionError | undefined {
  if (!admitsBrowsers || readBearerToken(req) !== undefined) return undefined;
  return refuseCrossSite(req, csrf, req.headers.cookie !== undefined);
}

/** Of what was checked, and nothing else. */
function copyOf({ id, scopes, sessionId }: AdminActor): AdminActor {
  return Object.freeze({ id, scopes: Object.freeze([...scopes]), ...(sessionId !== undefined && { sessionId }) });
}
