import type { EvictionOrder, LimitKind } from '../domain/limits';
import type { SessionView } from '../domain/session-view';
import { optionError, readBoolean, readFunction, refuseUnknown } from './read-options';

/** Device types that can have a limit of their own. */
export type LimitedDeviceType = 'phone' | 'tablet' | 'desktop';

/** Asked with the sessions that stand in the way; gives their ids in the order in which they should end. */
export type EvictionPreference = (
  sessions: readonly SessionView[],
  reached: { readonly userId: string; readonly per: LimitKind; readonly max: number },
) => readonly string[] | Promise<readonly string[]>;

/** How many sessions a user may have at a time. All limits that are set apply; dead sessions never count. */
export interface LimitOptions {
  /** For every user: 1 to 1,000,000; none unless given. */
  readonly max?: number | undefined;
  /** In each application, or in those that are named. */
  readonly perApplication?: number | Readonly<Record<string, number>> | undefined;
  readonly perDeviceType?: Readonly<Partial<Record<LimitedDeviceType, number | undefined>>> | undefined;
  /**
   * A user's own limit, by role, plan or tenant; null: none of their own. One that was set with `sessions.limits.set` comes first.
   * Where it throws, gives anything else or does not answer within the store's deadline, the sign-in is refused (503 `hook_failed`).
   */
  readonly forUser?: ((userId: string) => number | null | Promise<number | null>) | undefined;
  /** `user`: a user's own limit counts in place of `max`; `strictest`: the lower of both. */
  readonly precedence?: 'user' | 'strictest' | undefined;
  /**
   * `reject` the sign-in, and let the person choose which session to end; or end one for them: that which began first, that not
   * used for longest, or as a function says (whatever it leaves out comes after, the oldest first).
   */
  readonly onExceeded?: 'reject' | 'evict-oldest' | 'evict-least-recent' | EvictionPreference | undefined;
  /** true: a sign-in replaces the session that the same device has in the same application. */
  readonly replaceSameDevice?: boolean | undefined;
}

/** {@link LimitOptions}, parsed; null: no limit. */
export interface LimitSettings {
  readonly max: number | null;
  /** In each application that `applications` does not name. */
  readonly application: number | null;
  readonly applications: Readonly<Record<string, number>>;
  readonly deviceTypes: Readonly<Partial<Record<LimitedDeviceType, number>>>;
  /** As it was given. */
  readonly forUser: LimitOptions['forUser'];
  readonly precedence: 'user' | 'strictest';
  /** null: the sign-in is refused. A function gives the order; what it leaves out ends oldest first. */
  readonly evict: EvictionOrder | EvictionPreference | null;
  readonly replaceSameDevice: boolean;
}

const names = [
  'max',
  'perApplication',
  'perDeviceType',
  'forUser',
  'precedence',
  'onExceeded',
  'replaceSameDevice',
];
const limitedTypes: readonly LimitedDeviceType[] = ['phone', 'tablet', 'desktop'];
const maxLimit = 1_000_000;

// Middleware reads its options once, when it is made, and hands on what they came to.
const read = new WeakSet<object>();

/** `where` is how errors call the options: `limit`, or the middleware that was given them. What was read before is taken as it is. */
export function readLimits(input: unknown, where = 'limit'): LimitSettings {
  if (typeof input === 'object' && input !== null && read.has(input)) return input as LimitSettings;
  const options = refuseUnknown(input, names, where);
  const { precedence = 'user' } = options;
  if (precedence !== 'user' && precedence !== 'strictest') {
    throw optionError(`${where}.precedence`, "'user' or 'strictest'", precedence);
  }
  const settings = Object.freeze({
    max: readLimit(options.max, `${where}.max`),
    ...readApplications(options.perApplication, `${where}.perApplication`),
    deviceTypes: readNamed(
      refuseUnknown(options.perDeviceType, limitedTypes, `${where}.perDeviceType`),
      `${where}.perDeviceType`,
    ),
    forUser: readFunction<NonNullable<LimitOptions['forUser']>>(options.forUser, `${where}.forUser`),
    precedence,
    evict: readEviction(options.onExceeded, `${where}.onExceeded`),
    replaceSameDevice: readBoolean(options.replaceSameDevice, `${where}.replaceSameDevice`, true),
  });
  read.add(settings);
  return settings;
}

/** What `singleSession: true` stands for. */
export const singleSessionLimits: LimitSettings = readLimits({ max: 1, onExceeded: 'evict-oldest' });

/** Whether a value can be a limit: none at all is written by leaving it out, never as 0 or Infinity. */
export function isLimit(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= maxLimit;
}

function readLimit(value: unknown, option: string): number | null {
  if (value === undefined) return null;
  if (!isLimit(value)) throw optionError(option, 'a whole number from 1 to 1,000,000', value);
  return value;
}

function readApplications(value: unknown, option: string): Pick<LimitSettings, 'application' | 'applications'> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { application: readLimit(value, option), applications: Object.freeze({}) };
  }
  return { application: null, applications: readNamed(value as Record<string, unknown>, option) };
}

function readNamed(values: Readonly<Record<string, unknown>>, option: string): Readonly<Record<string, number>> {
  const limits: Record<string, number> = Object.create(null) as Record<string, number>;
  for (const [name, value] of Object.entries(values)) {
    const limit = readLimit(value, `${option}.${name}`);
    if (limit !== null) limits[name] = limit;
  }
  return Object.freeze(limits);
}

function readEviction(value: unknown, option: string): LimitSettings['evict'] {
  if (value === undefined || value === 'reject') return null;
  if (value === 'evict-oldest') return 'oldest';
  if (value === 'evict-least-recent') return 'least-recent';
  if (typeof value === 'function') return value as EvictionPreference;
  throw optionError(option, "'reject', 'evict-oldest', 'evict-least-recent' or a function", value);
}
