import type { Actor } from '../domain/actor';
import type { EndReason } from '../domain/end-reason';
import type { LimitKind } from '../domain/limits';
import type { SessionView } from '../domain/session-view';

/** A function in the manager's options that decides something. */
export type HookName = 'limit.forUser' | 'limit.onExceeded' | 'credentialsChangedAt';

/** What a lock holds: the whole account, or the account from one address or from one device that it knows. */
export type LockScope = 'account' | 'address' | 'device';

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
  /** A function of the app's, on which a decision depended, threw, gave nonsense or did not answer in time: refused. */
  'hook.failed': { readonly hook: HookName; readonly userId: string; readonly error: unknown };
  /** Work behind a request's back failed: a touch, or a revocation that is being retried or repeated. */
  'background.failed': {
    readonly operation: 'touch' | 'revoke' | 'revoke-all' | 'confirm-revocation' | 'lockout';
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
  'sign-in.stale': true,
  'login.concurrent': true,
  'limit.reached': true,
  'limit.changed': true,
  'account.locked': true,
  'account.unlocked': true,
  'hook.failed': true,
  'background.failed': true,
};

/** Every event by name, for callers that TypeScript does not check. */
export const sessionEventNames = Object.keys(names) as readonly SessionEventName[];

/** What is called with an event. */
export type SessionListener<Name extends SessionEventName> = (event: SessionEvents[Name]) => void;
