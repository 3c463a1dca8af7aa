import type { AccessLogEntry } from '../domain/access-log-entry';
import type { Actor } from '../domain/actor';
import type { Device } from '../domain/client';
import type { EndReason } from '../domain/end-reason';
import type { FleetEndingView } from '../domain/fleet-ending-view';
import type { HistoryEntry } from '../domain/history-entry';
import type { LimitKind } from '../domain/limits';
import type { Location } from '../domain/location';
import type { Risk, RiskAction, RiskOccasion } from '../domain/risk';
import type { SessionView } from '../domain/session-view';

/** A function of the app's that is asked for something: in the manager's options, or `authorize` in those of `adminRouter`. */
export type HookName =
  | 'limit.forUser'
  | 'limit.onExceeded'
  | 'credentialsChangedAt'
  | 'impersonation.mayImpersonate'
  | 'geo.resolve'
  | 'risk.signals'
  | 'risk.anonymous'
  | 'authorize';

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
  'token.reused': {
    readonly session: SessionView;
    /** What it was judged to be, by what the token and its bearer show alone; null where risk is not judged. */
    readonly risk: Risk | null;
  };
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
  /**
   * A user said, by a link, that a sign-in was not theirs: it and all since have ended, and all other sessions must confirm their login.
   * Whoever signed in knew the password: have it changed.
   */
  'sign-in.disowned': {
    readonly userId: string;
    readonly sessionId: string;
    /** How many sessions ended. */
    readonly ended: number;
    /** How many others must confirm their login. */
    readonly stepUps: number;
    readonly durable: boolean;
  };
  /**
   * A sign-in, renewal or use was judged, and something is done about it (`risk` option). Once for each change of caller. `session` null: a sign-in
   * that was refused.
   */
  'risk.noticed': {
    readonly session: SessionView | null;
    readonly userId: string;
    readonly occasion: RiskOccasion;
    readonly risk: Risk;
    readonly action: Exclude<RiskAction, 'allow'>;
  };
  /** A session opens nothing any more until its user confirms the login. */
  'session.step-up-required': {
    readonly session: SessionView;
    readonly occasion: RiskOccasion;
    readonly risk: Risk;
  };
  /** Its user has confirmed the login: it opens everything again. */
  'session.step-up-confirmed': { readonly session: SessionView };
  /** A sign-in was refused for its risk. Whoever tried it knew the password, and learns nothing of why. */
  'sign-in.refused': {
    readonly userId: string;
    readonly risk: Risk;
    readonly device: Device;
    readonly ip: string | null;
    readonly location: Location | null;
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
  /**
   * A function of the app's threw, gave nonsense or did not answer in time. What depended on its decision was refused; where `geo.resolve`
   * failed, a sign-in has no place; where `risk.signals` or `risk.anonymous` did, a signal was left out. `userId` null: it was about nobody's sessions.
   * `signal` is there for `risk.signals` alone: the code of the one that failed.
   */
  'hook.failed': {
    readonly hook: HookName;
    readonly userId: string | null;
    readonly error: unknown;
    readonly signal?: string;
  };
  /** A sink of the audit did not take what it was given. `final`: some of that is given up; of a durable sink, it is a dead letter now. */
  'audit.sink-failed': { readonly sink: string; readonly error: unknown; readonly final: boolean };
  /**
   * Entries were lost on the way to a sink, since more waited than are kept: the oldest of them. `sink` null: in the outbox, for all of
   * them. People's histories have them still.
   */
  'audit.entry-dropped': { readonly sink: string | null; readonly count: number };
  /** An entry was given up for a sink, and waits to be delivered again by hand. */
  'audit.dead-letter': { readonly sink: string; readonly entry: HistoryEntry; readonly because: string };
  /**
   * A user was erased, and with them `count` live sessions. What the app itself keeps, and what it shipped of the audit, is for it to
   * remove: nothing here will name them again.
   */
  'user.erased': {
    readonly userId: string;
    readonly count: number;
    readonly actor: Actor;
    readonly durable: boolean;
  };
  /** Work behind a request's back failed: a touch, or a revocation that is being retried or repeated. */
  'background.failed': {
    readonly operation:
      | 'touch'
      | 'revoke'
      | 'revoke-all'
      | 'confirm-revocation'
      | 'lockout'
      | 'sign-in-tally'
      | 'risk'
      | 'end-fleet'
      | 'audit-relay';
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
  'sign-in.disowned': true,
  'risk.noticed': true,
  'session.step-up-required': true,
  'session.step-up-confirmed': true,
  'sign-in.refused': true,
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
  'audit.sink-failed': true,
  'audit.entry-dropped': true,
  'audit.dead-letter': true,
  'user.erased': true,
  'background.failed': true,
};

/** Every event by name, for callers that TypeScript does not check. */
export const sessionEventNames = Object.keys(names) as readonly SessionEventName[];

/** What is called with an event. */
export type SessionListener<Name extends SessionEventName> = (event: SessionEvents[Name]) => void;
