import type { SessionView } from '../domain/session-view';
import type { SessionManager } from '../session-manager';
import type { Transport } from './credentials';

/** How a request has used its session: not counted as activity, counted, or by being given its tokens, at a sign-in or by force. */
export type Use = 'looked-up' | 'counted' | 'signed-in' | 'reissued';

/** What is found out of a request's session. */
export interface Found {
  readonly session: SessionView;
  readonly transport: Transport;
  readonly accessToken: string;
  /** ISO 8601; sooner than the session's own deadline for a token that rotation has replaced. */
  readonly accessExpiresAt: string;
  readonly use: Use;
}

/** The session that one manager found a request to have. */
export class RequestSession {
  readonly session: SessionView;
  readonly transport: Transport;
  readonly accessExpiresAt: string;
  readonly use: Use;
  // Private in earnest: whoever logs a request logs its properties (A65).
  readonly #accessToken: string;

  constructor({ session, transport, accessToken, accessExpiresAt, use }: Found) {
    this.#accessToken = accessToken;
    this.session = session;
    this.transport = transport;
    this.accessExpiresAt = accessExpiresAt;
    this.use = use;
  }

  /** The access token that now stands for the session: not always the one the request came with. */
  get accessToken(): string {
    return this.#accessToken;
  }
}

/** What the managers of an app know of one request; private, for the same reason. Most apps have one: it gets no list. */
export class RequestSessions {
  #manager: SessionManager<object> | undefined;
  #own: RequestSession | undefined;
  #others: Map<SessionManager<object>, RequestSession> | undefined;
  #shown: RequestSession | undefined;

  /** What whoever judged this request last has found; nothing after a refusal. */
  get shown(): RequestSession | undefined {
    return this.#shown;
  }

  of(manager: SessionManager<object>): RequestSession | undefined {
    return manager === this.#manager ? this.#own : this.#others?.get(manager);
  }

  isView(value: unknown): boolean {
    if (value === undefined) return false;
    return (
      value === this.#own?.session || [...(this.#others?.values() ?? [])].some(({ session }) => session === value)
    );
  }

  show(manager: SessionManager<object>, found: RequestSession): void {
    this.#shown = found;
    this.#manager ??= manager;
    if (manager === this.#manager) this.#own = found;
    else (this.#others ??= new Map()).set(manager, found);
  }

  forget(manager: SessionManager<object>): void {
    if (this.#shown === this.of(manager)) this.#shown = undefined;
    this.#drop(manager);
  }

  refuse(manager: SessionManager<object>): void {
    this.#drop(manager);
    this.#shown = undefined;
  }

  #drop(manager: SessionManager<object>): void {
    if (manager === this.#manager) this.#own = undefined;
    else this.#others?.delete(manager);
  }
}
