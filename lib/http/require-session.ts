import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SessionError } from '../domain/error';
import { readBoolean, refuseUnknown } from '../options/read-options';
import type { SessionManager } from '../session-manager';
import { admit } from './admission';
import { admitAtOnce } from './admission-at-once';
import { readRules } from './admission-rules';
import type { Transport } from './credentials';
import { checkManager } from './manager-argument';
import type { Middleware, Next } from './message';
import { readRefusal, refusalNames, type RefusalOptions } from './refusal';

/** How {@link requireSession} admits and refuses. */
export interface RequireSessionOptions<
  Req extends IncomingMessage = IncomingMessage,
  Res extends ServerResponse = ServerResponse,
> extends RefusalOptions<Req, Res> {
  /** Passes without a session where there is no credential or a dead cookie. A refused bearer token is still refused. */
  readonly optional?: boolean;
  /** Which credentials count; `any`. */
  readonly transport?: Transport | 'any';
  /** false: never renews, for services that only check sessions. */
  readonly autoRefresh?: boolean;
  /** false: this use is no activity (background polls). */
  readonly slide?: boolean;
  /** Reads the store itself, past any cache. */
  readonly fresh?: boolean;
  /** false: refuses a session that an administrator uses in the user's place, 403 `forbidden_while_impersonating`. */
  readonly allowImpersonation?: boolean;
  /** true: admits a session that owes a fresh login (`stepUpRequired`); for the route that calls {@link confirmLogin}, and no other. */
  readonly allowStepUp?: boolean;
}

const names = [
  ...['optional', 'transport', 'autoRefresh', 'slide', 'fresh', 'allowImpersonation', 'allowStepUp'],
  ...refusalNames,
];

/**
 * Admits requests with a live session and hangs it on the request, for {@link getSession}. In cookie mode an access token that
 * has run out is renewed in place, after the check for cross-site requests. 1 round trip, 2 where the session is renewed or is used by an
 * administrator (3 with a near cache, which never keeps that); none, and no promise, where the near cache has it.
 *
 * Refuses with problem+json: 401 `no_session`, `token_invalid`, `token_expired`, `session_expired`, `step_up_required` or `session_revoked` (with
 * `reason`), 403 `csrf_refused` or `forbidden_while_impersonating`, 400 `credentials_conflict`; 503 `store_unavailable` where the store does not answer.
 *
 * @throws SessionError `options_invalid`, naming the option, when it is called
 */
export function requireSession<
  Data extends object,
  Req extends IncomingMessage = IncomingMessage,
  Res extends ServerResponse = ServerResponse,
>(sessions: SessionManager<Data>, options: RequireSessionOptions<Req, Res> = {}): Middleware<Req, Res> {
  checkManager(sessions, 'requireSession');
  const given = refuseUnknown(options, names, 'requireSession');
  const optional = readBoolean(given.optional, 'requireSession.optional', false);
  const settle = readRefusal<Req, Res>(given, 'requireSession');
  const rules = readRules(given, 'requireSession');

  return function requireSession(req: Req, res: Res, next: Next): void {
    if (admitAtOnce(sessions, req, rules)) return next();
    settle(judge(req, res), req, res, next);
  };

  async function judge(req: Req, res: Res): Promise<SessionError | undefined> {
    const denied = await admit(sessions, req, res, rules);
    return denied === undefined || (optional && denied.isAnonymous) ? undefined : denied.error;
  }
}
