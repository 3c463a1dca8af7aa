import type { IncomingMessage } from 'node:http';
import type { AdminActor } from '../../../domain/admin-actor';
import type { SessionError } from '../../../domain/error';
import { isAdminScope } from '../../../options/admin-scopes';
import type { CsrfSettings } from '../../../options/csrf';
import type { SessionManager } from '../../../session-manager';
import { refuseCrossSite } from '../../csrf';
import { notAdmitted } from './challenge';
import { knownSecret } from './known-secret';
import type { GuardSettings } from './options';
import { readShownSecret } from './shown-secret';

/** Who calls; or why nobody does, and who it would have been, as of a secret that has expired. */
export type Identified =
  | { readonly status: 'known'; readonly actor: AdminActor }
  | { readonly status: 'refused'; readonly error: SessionError; readonly actorId: string | null };

/**
 * Finds out who calls: by the API secret that the request shows, else by asking the app.
 *
 * @throws SessionError `credentials_conflict`, `hook_failed`, `store_unavailable`
 */
export async function identify(
  { access, settings: { csrf } }: SessionManager<object>,
  settings: GuardSettings,
  req: IncomingMessage,
): Promise<Identified> {
  const shown = readShownSecret(req);
  const isBare = req.headers.authorization === undefined;
  if (!shown) {
    const { authorize } = settings;
    const actor = authorize && (await access.ask(() => authorize(req as never), isAnswer));
    if (actor) {
      const crossSite = refuseBrowserOfOthers(settings, req, csrf);
      return crossSite ? refused(crossSite, actor.id) : { status: 'known', actor: copyOf(actor) };
    }
    const detail = isBare ? 'No credential was sent.' : 'The credential is not one of this API.';
    return refused(notAdmitted(settings, { isBare, detail }));
  }
  const secret = knownSecret(settings.secrets, shown);
  if (!secret) return refused(notAdmitted(settings, { isBare, detail: 'The API secret is not known.' }));
  if ((await access.at()) < secret.expiresAt) {
    return { status: 'known', actor: Object.freeze({ id: secret.id, scopes: secret.scopes }) };
  }
  // Only whoever holds the secret learns of it, and has to be told what to do.
  const detail = 'The API secret has expired: make another one.';
  return refused(notAdmitted(settings, { isBare, detail, reason: 'expired' }), secret.id);
}

/** Cookies are all that another site's page could let a browser send; then it is judged as everywhere (A42, A43). */
function refuseBrowserOfOthers(
  { admitsBrowsers }: GuardSettings,
  req: IncomingMessage,
  csrf: CsrfSettings,
): SessionError | undefined {
  const { authorization, cookie } = req.headers;
  return admitsBrowsers && authorization === undefined
    ? refuseCrossSite(req, csrf, cookie !== undefined)
    : undefined;
}

function refused(error: SessionError, actorId: string | null = null): Identified {
  return { status: 'refused', error, actorId };
}

function isAnswer(answer: unknown): answer is AdminActor | null | undefined {
  if (answer === null || answer === undefined) return true;
  const { id, scopes, sessionId } = Object(answer) as Partial<Record<keyof AdminActor, unknown>>;
  return (
    typeof id === 'string' &&
    id.length > 0 &&
    id.length <= 128 &&
    id.isWellFormed() &&
    Array.isArray(scopes) &&
    scopes.every(isAdminScope) &&
    (sessionId === undefined || typeof sessionId === 'string')
  );
}

/** Of what was checked, and nothing else. */
function copyOf({ id, scopes, sessionId }: AdminActor): AdminActor {
  return Object.freeze({ id, scopes: Object.freeze([...scopes]), ...(sessionId !== undefined && { sessionId }) });
}
