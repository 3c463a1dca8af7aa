import type { IncomingMessage } from 'node:http';
import { SessionError } from '../domain/error';
import type { SessionView } from '../domain/session-view';
import type { SessionManager } from '../session-manager';
import type { Transport } from './credentials';

// Registered, so that an app that loads the library both as ESM and as CJS still has one session a request.
const key = Symbol.for('sessionkeeper.session');

type Use = 'looked-up' | 'counted' | 'issued';

/** The session that a request was found to have. */
export class RequestSession {
  readonly session: SessionView;
  readonly transport: Transport;
  /** How this request has used it: not counted as activity, counted, or by being given its tokens. */
  readonly use: Use;
  readonly #manager: SessionManager<object>;
  // Private in earnest: whoever logs a request logs its properties (A65).
  readonly #accessToken: string;

  constructor(
    manager: SessionManager<object>,
    session: SessionView,
    transport: Transport,
    accessToken: string,
    use: Use,
  ) {
    this.#manager = manager;
    this.#accessToken = accessToken;
    this.session = session;
    this.transport = transport;
    this.use = use;
  }

  /** The access token that now stands for the session: not always the one the request came with. */
  get accessToken(): string {
    return this.#accessToken;
  }

  belongsTo(manager: SessionManager<object>): boolean {
    return this.#manager === manager;
  }
}

interface Holder {
  [key]?: RequestSession | undefined;
  [property: string]: unknown;
}

/** Hangs the session on the request, under the property that the manager names as well. */
export function attachSession(
  req: IncomingMessage,
  manager: SessionManager<object>,
  found: { session: SessionView<object>; transport: Transport; accessToken: string; use: Use },
): void {
  const { session, transport, accessToken, use } = found;
  const holder = req as unknown as Holder;
  holder[key] = new RequestSession(manager, session as SessionView, transport, accessToken, use);
  holder[manager.settings.requestProperty] = session;
}

/** Takes this manager's session off the request again; another manager's stays. */
export function detachSession(req: IncomingMessage, manager: SessionManager<object>): void {
  if (!requestSession(req, manager)) return;
  const holder = req as unknown as Holder;
  holder[key] = undefined;
  holder[manager.settings.requestProperty] = undefined;
}

/** What this manager knows of the request; another manager's session is none of its business. */
export function requestSession(req: IncomingMessage, manager: SessionManager<object>): RequestSession | undefined {
  const known = (req as unknown as Holder)[key];
  return known?.belongsTo(manager) ? known : undefined;
}

/**
 * The session of a request that `requireSession`, `authenticate` or `signIn` has seen; undefined where there is none. No round
 * trip.
 *
 * @typeParam Data - the app's own JSON on each session
 */
export function findSession<Data extends object = Record<string, unknown>>(
  req: IncomingMessage,
): SessionView<Data> | undefined {
  return (req as unknown as Holder)[key]?.session as SessionView<Data> | undefined;
}

/**
 * The session of a request behind `requireSession`. No round trip.
 *
 * @typeParam Data - the app's own JSON on each session
 * @throws SessionError `no_session` where the request has none: `requireSession` did not run, or was `optional`
 */
export function getSession<Data extends object = Record<string, unknown>>(req: IncomingMessage): SessionView<Data> {
  const session = findSession<Data>(req);
  if (session === undefined) throw new SessionError('no_session');
  return session;
}
