import type { AdminScope } from './admin-scope';

/** Who calls the administrators' API, and what they may do there. */
export interface AdminActor {
  /** The API secret's id, or how the app names its administrator: 1 to 128 characters. It stands in audit entries and in the access log. */
  readonly id: string;
  readonly scopes: readonly AdminScope[];
  /**
   * The administrator's own session under this manager, where they have one. It has to be live: one that is over, or unknown here, is
   * refused with 401 `login_required`, and one in which they act in a user's place with 403 `forbidden_while_impersonating`. Never that of
   * another manager with a store of its own.
   */
  readonly sessionId?: string | undefined;
}
