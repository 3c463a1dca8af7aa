import type { IncomingMessage } from 'node:http';
import { SessionError } from '../domain/error';
import type { SessionView } from '../domain/session-view';
import type { SessionManager } from '../session-manager';
import { type Found, RequestSession, RequestSessions } from './found-sessions';

// Registered, so that an app that loads the library both as ESM and as CJS still has one set of sessions a request. Beside the requests
// and not on them: Express gives each request a prototype of its own, after which a new property costs more than all the rest of a hit.
const key = Symbol.for('sessionkeeper.sessions');
const registry = globalThis as unknown as Record<symbol, WeakMap<IncomingMessage, RequestSessions> | undefined>;
const known = (registry[key] ??= new WeakMap<IncomingMessage, RequestSessions>());

type Holder = Record<string, unknown>;

/** Hangs the session on the request, under the property that the manager names as well. */
export function attachSession(
  req: IncomingMessage,
  manager: SessionManager<object>,
  found: Omit<Found, 'session'> & { readonly session: SessionView<object> },
): void {
  // Not a copy with another type: a spread would cost as much as the rest of a hit.
  showSession(req, manager, new RequestSession(found as Found));
}

/** What the request is known to have counts again, whatever another manager has shown meanwhile. */
export function showSession(req: IncomingMessage, manager: SessionManager<object>, found: RequestSession): void {
  let sessions = known.get(req);
  if (!sessions) known.set(req, (sessions = new RequestSessions()));
  sessions.show(manager, found);
  (req as unknown as Holder)[manager.settings.requestProperty] = found.session;
}

/** Takes this manager's session off the request, after it has ended; another manager's stays. */
export function detachSession(req: IncomingMessage, manager: SessionManager<object>): void {
  const holder = req as unknown as Holder;
  const { requestProperty } = manager.settings;
  const found = requestSession(req, manager);
  if (!found) return;
  if (holder[requestProperty] === found.session) holder[requestProperty] = undefined;
  known.get(req)?.forget(manager);
}

/**
 * After this manager has refused the request: handlers behind it see no session, not even one that another manager found,
 * unless they ask for that manager's.
 */
export function refuseSession(req: IncomingMessage, manager: SessionManager<object>): void {
  const holder = req as unknown as Holder;
  const { requestProperty } = manager.settings;
  const sessions = known.get(req);
  // The app's own property of that name is not ours to clear.
  if (sessions?.isView(holder[requestProperty])) holder[requestProperty] = undefined;
  sessions?.refuse(manager);
}

/** What this manager knows of the request; another manager's session is none of its business. */
export function requestSession(req: IncomingMessage, manager: SessionManager<object>): RequestSession | undefined {
  return known.get(req)?.of(manager);
}

/**
 * The session of a request that `requireSession`, `authenticate` or `signIn` has seen; undefined where there is none, or where the
 * last of them has refused the request. No round trip.
 *
 * @typeParam Data - the app's own JSON on each session
 * @param sessions - whose session it must be, in an app with several managers; whichever was found last unless given
 */
export function findSession<Data extends object = Record<string, unknown>>(
  req: IncomingMessage,
  sessions?: SessionManager<Data>,
): SessionView<Data> | undefined {
  const found = sessions ? requestSession(req, sessions) : known.get(req)?.shown;
  return found?.session as SessionView<Data> | undefined;
}

/**
 * The session of a request behind `requireSession`. No round trip.
 *
 * @typeParam Data - the app's own JSON on each session
 * @param sessions - whose session it must be, in an app with several managers; whichever was found last unless given
 * @throws SessionError `no_session` where the request has none: `requireSession` did not run, or was `optional`
 */
export function getSession<Data extends object = Record<string, unknown>>(
  req: IncomingMessage,
  sessions?: SessionManager<Data>,
): SessionView<Data> {
  const session = findSession<Data>(req, sessions);
  if (session === undefined) throw new SessionError('no_session');
  return session;
}
