import type { Clock } from '../domain/clock';
import type { Client, Device } from '../domain/client';
import type { Lifetimes } from '../domain/lifetimes';
import type { SessionView } from '../domain/session-view';
import type { SessionStore } from '../store/session-store';
import { type AuditOptions, type AuditSettings, readAudit } from './audit';
import { type CookieOptions, type CookieSettings, readCookies } from './cookies';
import { type CsrfOptions, type CsrfSettings, readCsrf } from './csrf';
import { type GeoOptions, type GeoSettings, readGeo } from './geo';
import type { LifetimePreset } from './lifetime-presets';
import { type ImpersonationOptions, type ImpersonationSettings, readImpersonation } from './impersonation';
import { type LifetimeOptions, readLifetimes } from './lifetimes';
import { type LimitOptions, type LimitSettings, readLimits, singleSessionLimits } from './limits';
import { type LockoutOptions, type LockoutSettings, readLockout } from './lockout';
import { type NearCacheOptions, type NearCacheSettings, readNearCache } from './near-cache';
import { type PrivacyOptions, type PrivacySettings, readPrivacy } from './privacy';
import { optionError, readBoolean, readFunction, refuseUnknown } from './read-options';
import { readRisk, type RiskOptions, type RiskSettings } from './risk';
import { type RotationOptions, type RotationSettings, readRotation } from './rotation';
import { readTelemetry, type TelemetryOptions, type TelemetrySettings } from './telemetry';

/** Tells the device from the client's facts. Called with bounded input; must not throw. */
export interface DeviceParser {
  /** The device of a client; null members where its facts do not tell. */
  parse(client: Client): Device;
}

/** Tells when a user's credentials last changed. */
export type CredentialsChangedAt = (
  userId: string,
) => number | null | undefined | Promise<number | null | undefined>;

/** The options of {@link SessionManager}. Everything is optional; unknown names are refused. */
export interface ManagerOptions {
  /** Where sessions live. Left out: `RedisStore` on `REDIS_URL` where that is set, else `MemoryStore`. */
  readonly store?: SessionStore | undefined;
  /** One by one, or the name of a preset. */
  readonly lifetimes?: LifetimeOptions | LifetimePreset | undefined;
  readonly rotation?: RotationOptions | undefined;
  /** How many sessions a user may have at a time; no limit unless given. */
  readonly limit?: LimitOptions | undefined;
  /** true: one session a user, each sign-in ends the one before. Stands for `limit: { max: 1, onExceeded: 'evict-oldest' }`. */
  readonly singleSession?: boolean | undefined;
  /** When failed logins lock an account, for `loginGuard` and `sessions.lockout`. */
  readonly lockout?: LockoutOptions | undefined;
  /** Who may be impersonated, and whether people see it. */
  readonly impersonation?: ImpersonationOptions | undefined;
  /** What of addresses and user agents is kept. */
  readonly privacy?: PrivacyOptions | undefined;
  /** Keeps verified sessions in this process: a check costs no round trip. None unless given; `{}` for the defaults. */
  readonly nearCache?: NearCacheOptions | undefined;
  /** Where the audit goes beside people's histories; nowhere unless given. */
  readonly audit?: AuditOptions | undefined;
  /**
   * When a user's password or factors last changed, where the app keeps that: a time it took from `sessions.now()`; null or undefined:
   * never. Sessions and sign-ins that began at or before it are refused at sign-in and renewal, even if `revokeAll` never reached the store.
   */
  readonly credentialsChangedAt?: CredentialsChangedAt | undefined;
  readonly cookies?: CookieOptions | undefined;
  /** false turns the check of cross-site requests off. */
  readonly csrf?: CsrfOptions | false | undefined;
  /** The property of the request that holds the session; `userSession`. */
  readonly requestProperty?: string | undefined;
  /** The keys of `data` that HTTP answers show; none unless given. */
  readonly expose?: readonly string[] | undefined;
  /** What introspection adds about the user: roles, permissions, attributes. */
  readonly claims?:
    ((session: SessionView) => Record<string, unknown> | Promise<Record<string, unknown>>) | undefined;
  readonly deviceParser?: DeviceParser | undefined;
  /** Where sign-ins come from, where the app itself does not tell. Nobody is asked unless given. */
  readonly geo?: GeoOptions | undefined;
  /** true: spans and metrics by `@opentelemetry/api`, as the process has it set up; or the tracer and the meter to use. Off unless given. */
  readonly telemetry?: TelemetryOptions | boolean | undefined;
  /** Judges sign-ins, renewals and uses by where they come from and what they are made with. Nothing is judged unless given; `{}` for the defaults. */
  readonly risk?: RiskOptions | undefined;
  /** Replaces the store's clock, for tests. */
  readonly clock?: Clock | undefined;
}

/** {@link ManagerOptions}, parsed, defaulted and frozen. */
export interface ManagerSettings {
  readonly store: SessionStore | undefined;
  readonly lifetimes: Lifetimes;
  readonly rotation: RotationSettings;
  readonly limit: LimitSettings;
  readonly lockout: LockoutSettings;
  readonly impersonation: ImpersonationSettings;
  readonly privacy: PrivacySettings;
  readonly nearCache: NearCacheSettings | undefined;
  readonly audit: AuditSettings;
  readonly credentialsChangedAt: CredentialsChangedAt | undefined;
  readonly cookies: CookieSettings;
  readonly csrf: CsrfSettings;
  readonly requestProperty: string;
  readonly expose: readonly string[];
  /** As it was given. */
  readonly claims: ManagerOptions['claims'];
  readonly deviceParser: DeviceParser | undefined;
  readonly geo: GeoSettings | undefined;
  readonly telemetry: TelemetrySettings | undefined;
  readonly risk: RiskSettings | undefined;
  readonly clock: Clock | undefined;
}

const names = [
  'store',
  'lifetimes',
  'rotation',
  'limit',
  'singleSession',
  'lockout',
  'impersonation',
  'privacy',
  'nearCache',
  'audit',
  'credentialsChangedAt',
  'cookies',
  'csrf',
  'requestProperty',
  'expose',
  'claims',
  'deviceParser',
  'geo',
  'telemetry',
  'risk',
  'clock',
];

/** What people give to the manager, and a store takes. */
const storeOptions: ReadonlyMap<string, string> = new Map([
  ['retention', 'an option of the store, such as new RedisStore({ retention })'],
  ['maxSessions', 'an option of the store, new MemoryStore({ maxSessions })'],
  ...['url', 'client', 'prefix', 'durability'].map(
    (name) => [name, `an option of the store, new RedisStore({ ${name} })`] as const,
  ),
]);

// express-session's and Auth0's: taking either would silently switch the other library off.
const takenProperties = ['session', 'auth'];

export function readManagerOptions(input: unknown): ManagerSettings {
  const options = refuseUnknown(input, names, '', storeOptions);
  return Object.freeze({
    store: readStore(options.store),
    lifetimes: readLifetimes(options.lifetimes),
    rotation: readRotation(options.rotation),
    limit: readLimit(options),
    lockout: readLockout(options.lockout),
    impersonation: readImpersonation(options.impersonation),
    privacy: readPrivacy(options.privacy),
    nearCache: readNearCache(options.nearCache),
    audit: readAudit(options.audit),
    credentialsChangedAt: readFunction<CredentialsChangedAt>(options.credentialsChangedAt, 'credentialsChangedAt'),
    cookies: readCookies(options.cookies),
    csrf: readCsrf(options.csrf),
    requestProperty: readRequestProperty(options.requestProperty),
    expose: readExpose(options.expose),
    claims: readFunction<NonNullable<ManagerOptions['claims']>>(options.claims, 'claims'),
    deviceParser: readDeviceParser(options.deviceParser),
    geo: readGeo(options.geo),
    telemetry: readTelemetry(options.telemetry),
    risk: readRisk(options.risk),
    clock: readFunction<Clock>(options.clock, 'clock'),
  });
}

function readLimit({ limit, singleSession }: Record<string, unknown>): LimitSettings {
  if (!readBoolean(singleSession, 'singleSession', false)) return readLimits(limit);
  if (limit !== undefined) throw optionError('singleSession', 'no limit beside it', singleSession);
  return singleSessionLimits;
}

function readStore(value: unknown): SessionStore | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || value === null || typeof (value as SessionStore).rotate !== 'function') {
    throw optionError('store', 'a RedisStore, a MemoryStore or another SessionStore', value);
  }
  return value as SessionStore;
}

function readRequestProperty(value: unknown): string {
  if (value === undefined) return 'userSession';
  if (
    typeof value !== 'string' ||
    !/^[A-Za-z_$][\w$]{0,63}$/.test(value) ||
    takenProperties.includes(value) ||
    value in {}
  ) {
    throw optionError('requestProperty', "a property name other than 'session' and 'auth'", value);
  }
  return value;
}

function readExpose(value: unknown): readonly string[] {
  if (value === undefined) return Object.freeze([]);
  if (!Array.isArray(value) || !value.every((key) => typeof key === 'string')) {
    throw optionError('expose', 'an array of keys of data', value);
  }
  return Object.freeze([...value]);
}

function readDeviceParser(value: unknown): DeviceParser | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || value === null || typeof (value as DeviceParser).parse !== 'function') {
    throw optionError('deviceParser', 'an object with a parse function', value);
  }
  return value as DeviceParser;
}
