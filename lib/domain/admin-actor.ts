import type { AdminScope } from './admin-scope';

/** Who calls the administrators' API, and what they may do there. */
export interface AdminActor {
  /** The API secret's id, or how the app names its administrator: 1 to 128 characters. It stands in audit entries and in the access log. */
  readonly id: string;
  readonly scopes: readonly AdminScope[];
  /** The administrator's own session, where they have one. */
  readonly sessionId?: string | undefined;
}
