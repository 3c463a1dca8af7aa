import type { SessionError } from '../../domain/error';
import type { SessionView, Tokens } from '../../domain/session-view';
import type { NotFound } from '../outcomes';

/** What `impersonation.start` gives. */
export type StartImpersonationOutcome<Data extends object = Record<string, unknown>> =
  | {
      readonly status: 'started';
      readonly session: SessionView<Data>;
      /** An access token alone: it lives as long as the session, and nothing renews it. */
      readonly tokens: Tokens;
    }
  /**
   * `insufficient_scope`: the actor lacks `impersonate`; `impersonation_refused`: `mayImpersonate` says no, or the actor would
   * impersonate themselves; `forbidden_while_impersonating`: the actor is impersonating already; `login_required`: their own session
   * is over.
   */
  | { readonly status: 'forbidden'; readonly error: SessionError }
  /** `mayImpersonate` says that there is no such user: `not_found`. */
  | (NotFound & { readonly error: SessionError });
