import type { AccessLogEntry } from '../domain/access-log-entry';
import type { Actor } from '../domain/actor';
import type { EndReason } from '../domain/end-reason';
import type { FleetEndingView } from '../domain/fleet-ending-view';
import type { LimitKind } from '../domain/limits';
import type { SessionView } from '../domain/session-view';

/** A function of the app's that decides something: in the manager's options, or `authorize` in those of `adminRouter`. */
export type HookName =
  'limit.forUser' | 'limit.onExceeded' | 'credentialsChangedAt' | 'impersonation.mayImpersonate' | 'authorize';

/** What a lock holds: the whole account, or the account from one address or from one device that it knows. */
export type LockScope = 'account' | 'address' | 'device';

/** Why a one-time token was refused; the last two of a request token, whose bearer is told `invalid`. */
export type OneTimeRefusal = 'spent' | 'expired' | 'invalid' | 'wrong_verifier' | 'wrong_application';

/** Every event and what it carries. `docs/events.md` lists them. Emitted after the change is stored. */
export interface SessionEvents {
  /** A sign-in made a session. */
  'session.created': { readonly session: SessionView };
  /** One session was ended on purpose. */
  'session.ended': {
    readonly session: SessionView;
    readonly reason: EndReason;
    readonly actor: Actor;
    /** false: replicas did not confirm it in time; a failover could lose it. Always true of one that made way for a sign-in, which waits for none. */
    readonly durable: boolean;
  };
  /** Several sessions of a user were ended in one step. */
  'sessions.ended': {
    readonly userId: string;
    readonly count: number;
    readonly reason: EndReason;
    readonly actor: Actor;
    readonly durable: boolean;
  };
  /**
   * Replicas did not confirm in time that sessions or tokens were ended: a failover could lose that. It is repeated until they do.
   * `sessionId`: null where it was about several.
   */
  'revocation.unconfirmed': { readonly userId: string; readonly sessionId: string | null };
  /** A repeat succeeded: replicas have it now. */
  'revocation.confirmed': { readonly userId: string; readonly sessionId: string | null };
  /** A session's name, data or trust changed. */
  'session.updated': { readonly session: SessionView };
  /** A session's tokens were replaced by force. */
  'session.reissued': { readonly session: SessionView };
  /** A refresh token was exchanged. */
  'token.rotated': { readonly session: SessionView };
  /** The parent of a rotation came again, later than `grace` after it or from another network: a lost reply, or two holders. */
  'token.repeated': { readonly session: SessionView; readonly late: boolean; readonly otherNetwork: boolean };
  /** A spent refresh token was presented: taken as theft, the session is ended. */
  'token.reused': { readonly session: SessionView };
  /** One token was revoked by itself. */
  'token.revoked': { readonly session: SessionView; readonly kind: 'access' | 'refresh' };
  /** A token was ahead of the store: a failover lost a write, the session is ended. */
  'store.rolled-back': { readonly session: SessionView };
  /** A session was last used later than now: the store's clock was set back by at least so much. Told once until it has caught up. */
  'store.clock-went-back': { readonly milliseconds: number };
  /** An administrator began to use a session in its user's place; no `session.created` comes with it. */
  'impersonation.started': { readonly session: SessionView; readonly actor: Actor; readonly reason: string };
  /** A one-time token opened what it was issued for. `userId` null: it was nobody's. */
  'one-time-token.redeemed': {
    readonly purpose: string;
    readonly userId: string | null;
    readonly remainingUses: number;
  };
  /** A one-time token opened nothing. `userId` null: it was nobody's, or nobody knows whose it was. */
  'one-time-token.refused': {
    readonly purpose: string;
    readonly userId: string | null;
    readonly reason: OneTimeRefusal;
  };
  /** A sign-in was refused because the user's sessions were ended after it began. */
  'sign-in.stale': { readonly userId: string };
  /** A user signed in while having other sessions, whether or not a limit is set. `others`: how many. */
  'login.concurrent': { readonly session: SessionView; readonly others: number };
  /** A sign-in was refused because the user has as many sessions as allowed. */
  'limit.reached': { readonly userId: string; readonly limit: number; readonly per: LimitKind };
  /** A user's own limit was set; null: removed. */
  'limit.changed': { readonly userId: string; readonly limit: number | null; readonly actor: Actor };
  /** An account was locked after too many failed logins, wholly or for one address or device. `until` null: until it is unlocked. */
  'account.locked': {
    readonly account: string;
    readonly scope: LockScope;
    readonly status: 'suspended' | 'blocked';
    readonly failures: number;
    readonly until: number | null;
  };
  /** An account's failures were forgotten by hand, or a sign-in with the right password lifted its lock. */
  'account.unlocked': { readonly account: string; readonly actor: Actor };
  /** The end of everybody's sessions was begun: no sign-in from before is good any more, and sessions end one after the other. */
  'fleet.ending-started': { readonly ending: FleetEndingView };
  /** It came to its end, in this process. Single users' `sessions.ended` do not come with it. */
  'fleet.ending-finished': { readonly ending: FleetEndingView };
  /** The administrators' API was called; refused calls are told as they are logged, not each of a flood. */
  'admin.called': { readonly entry: AccessLogEntry };
  /** A function of the app's, on which a decision depended, threw, gave nonsense or did not answer in time: refused. `userId` null: it was about nobody's sessions. */
  'hook.failed': { readonly hook: HookName; readonly userId: string | null; readonly error: unknown };
  /** Work behind a request's back failed: a touch, or a revocation that is being retried or repeated. */
  'background.failed': {
    readonly operation:
      'touch' | 'revoke' | 'revoke-all' | 'confirm-revocation' | 'lockout' | 'sign-in-tally' | 'end-fleet';
    readonly error: unknown;
    readonly final: boolean;
  };
}

/** The name of an event. */
export type SessionEventName = keyof SessionEvents;

const names: Readonly<Record<SessionEventName, true>> = {
  'session.created': true,
  'session.ended': true,
  'sessions.ended': true,
  'revocation.unconfirmed': true,
  'revocation.confirmed': true,
  'session.updated': true,
  'session.reissued': true,
  'token.rotated': true,
  'token.repeated': true,
  'token.reused': true,
  'token.revoked': true,
  'store.rolled-back': true,
  'store.clock-went-back': true,
  'impersonation.started': true,
  'one-time-token.redeemed': true,
  'one-time-token.refused': true,
  'sign-in.stale': true,
  'login.concurrent': true,
  'limit.reached': true,
  'limit.changed': true,
  'account.locked': true,
  'account.unlocked': true,
  'fleet.ending-started': true,
  'fleet.ending-finished': true,
  'admin.called': true,
  'hook.failed': true,
  'background.failed': true,
};

/** Every event by name, for callers that TypeScript does not check. */
export const sessionEventNames = Object.keys(names) as readonly SessionEventName[];

/** What is called with an event. */
export type SessionListener<Name extends SessionEventName> = (event: SessionEvents[Name]) => void;
