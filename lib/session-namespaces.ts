import type { ManagerSettings } from './options/manager-options';
import { MemoryStore } from './stores/memory';
import { AdminAccess } from './use-cases/admin-access';
import type { Context } from './use-cases/context';
import { Disowning } from './use-cases/disowning/disowning';
import { SessionExchange } from './use-cases/exchange/session-exchange';
import { SessionFleet } from './use-cases/fleet/fleet';
import { Impersonation } from './use-cases/impersonation/impersonation';
import { SessionLimits } from './use-cases/limits';
import { SessionAudit } from './use-cases/relay/session-audit';
import { Lockout } from './use-cases/lockout/lockout';
import { OneTimeTokens } from './use-cases/one-time-tokens/one-time-tokens';
import { SessionPrivacy } from './use-cases/privacy/privacy';

/** What a session manager offers beside its own methods: one namespace a concern. */
export class SessionNamespaces<Data extends object = Record<string, unknown>> {
  /** The options as they are in force: parsed, defaulted, frozen. */
  readonly settings: ManagerSettings;
  /** Limits of single users. */
  readonly limits: SessionLimits;
  /** Failed logins, and the locks they bring. */
  readonly lockout: Lockout;
  /** Tokens that open something once, or so many times. */
  readonly oneTimeTokens: OneTimeTokens;
  /** Sign-ins in two steps: request tokens, and the sessions they are exchanged for. */
  readonly exchange: SessionExchange<Data>;
  /** Links with which a user says that a sign-in was not theirs. */
  readonly disowning: Disowning;
  /** Administrators who act as a user. */
  readonly impersonation: Impersonation<Data>;
  /** What is kept of a person: all of it, or none any more. */
  readonly privacy: SessionPrivacy<Data>;
  /** Calls of the administrators' API. */
  readonly access: AdminAccess;
  /** Everybody's sessions together: counts, and ending all. */
  readonly fleet: SessionFleet;
  /** The audit across all users: its feed, and what sinks have not taken. */
  readonly audit: SessionAudit;

  protected constructor(context: Context) {
    this.settings = context.settings;
    this.limits = new SessionLimits(context);
    this.oneTimeTokens = new OneTimeTokens(context);
    this.exchange = new SessionExchange(context);
    this.lockout = new Lockout(context, () => new MemoryStore());
    this.disowning = new Disowning(context);
    this.impersonation = new Impersonation(context);
    this.privacy = new SessionPrivacy(context, this.lockout);
    this.access = new AdminAccess(context);
    this.fleet = new SessionFleet(context);
    this.audit = new SessionAudit(context);
  }
}
