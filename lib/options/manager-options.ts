import type { Clock } from '../domain/clock';
import type { Client, Device } from '../domain/client';
import type { SessionView } from '../domain/session-view';
import type { SessionStore } from '../store/session-store';
import { type CookieOptions, type CookieSettings, readCookies } from './cookies';
import { type CsrfOptions, type CsrfSettings, readCsrf } from './csrf';
import { type LifetimeOptions, type LifetimeSettings, readLifetimes } from './lifetimes';
import { optionError, readFunction, refuseUnknown } from './read-options';
import { type RotationOptions, type RotationSettings, readRotation } from './rotation';

/** Tells the device from the client's facts. Called with bounded input; must not throw. */
export interface DeviceParser {
  /** The device of a client; null members where its facts do not tell. */
  parse(client: Client): Device;
}

/** The options of {@link SessionManager}. Everything is optional; unknown names are refused. */
export interface ManagerOptions {
  /** Where sessions live. Left out: `RedisStore` on `REDIS_URL` where that is set, else `MemoryStore`. */
  readonly store?: SessionStore | undefined;
  readonly lifetimes?: LifetimeOptions | undefined;
  readonly rotation?: RotationOptions | undefined;
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
  /** Replaces the store's clock, for tests. */
  readonly clock?: Clock | undefined;
}

/** {@link ManagerOptions}, parsed, defaulted and frozen. */
export interface ManagerSettings {
  readonly store: SessionStore | undefined;
  readonly lifetimes: LifetimeSettings;
  readonly rotation: RotationSettings;
  readonly cookies: CookieSettings;
  readonly csrf: CsrfSettings;
  readonly requestProperty: string;
  readonly expose: readonly string[];
  /** As it was given. */
  readonly claims: ManagerOptions['claims'];
  readonly deviceParser: DeviceParser | undefined;
  readonly clock: Clock | undefined;
}

const names = [
  'store',
  'lifetimes',
  'rotation',
  'cookies',
  'csrf',
  'requestProperty',
  'expose',
  'claims',
  'deviceParser',
  'clock',
];

// express-session's and Auth0's: taking either would silently switch the other library off.
const takenProperties = ['session', 'auth'];

export function readManagerOptions(input: unknown): ManagerSettings {
  const options = refuseUnknown(input, names, '');
  return Object.freeze({
    store: readStore(options.store),
    lifetimes: readLifetimes(options.lifetimes),
    rotation: readRotation(options.rotation),
    cookies: readCookies(options.cookies),
    csrf: readCsrf(options.csrf),
    requestProperty: readRequestProperty(options.requestProperty),
    expose: readExpose(options.expose),
    claims: readFunction<NonNullable<ManagerOptions['claims']>>(options.claims, 'claims'),
    deviceParser: readDeviceParser(options.deviceParser),
    clock: readFunction<Clock>(options.clock, 'clock'),
  });
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
