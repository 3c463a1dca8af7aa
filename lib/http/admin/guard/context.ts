import type { AdminActor } from '../../../domain/admin-actor';
import type { SessionManager } from '../../../session-manager';
import type { Endpoint, Exchange } from '../../router/endpoint';

/** Whose data a call is about, for the access log. */
export interface Subject {
  readonly userId?: string | undefined;
  readonly sessionId?: string | undefined;
}

/** What the administrators' router knows of each request that its guard let in. */
export interface AdminContext {
  readonly sessions: SessionManager<object>;
  /** Who calls; the operation's own scope is theirs. */
  readonly actor: AdminActor;
  /** Tells the access log whom the call is about. The path's `{userId}` and `{sessionId}` it knows by itself. */
  readonly concerns: (subject: Subject) => void;
}

/** A request to the administrators' router. */
export type AdminCall = AdminContext & Exchange;

/** An endpoint of the administrators' router. */
export type AdminEndpoint = Endpoint<AdminContext>;
