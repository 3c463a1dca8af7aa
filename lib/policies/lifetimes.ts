import type { Windows } from '../domain/session-record';

/** The lifetimes in force for one sign-in, in milliseconds; null where there is none. */
export interface Lifetimes {
  readonly accessToken: number;
  readonly refreshToken: number | null;
  readonly idle: number | null;
  readonly absolute: number;
  readonly rememberMe: number;
}

/** A session's windows. For a remembered one `rememberMe` stands in for the refresh window and the idle limit. */
export function windowsOf(lifetimes: Lifetimes, remember: boolean, grace: number): Windows {
  const { accessToken, refreshToken, idle, rememberMe } = lifetimes;
  if (!remember) return { access: accessToken, refresh: refreshToken, idle, grace };
  return refreshToken === null
    ? { access: rememberMe, refresh: null, idle: null, grace }
    : { access: Math.min(accessToken, rememberMe), refresh: rememberMe, idle: null, grace };
}

type Wanted = Partial<Omit<Lifetimes, 'rememberMe'>>;

/** A lifetime that would lengthen, and the longest it may be; null where it may not be at all. */
interface Lengthened {
  readonly lengthened: keyof Wanted;
  readonly limit: number | null;
}

/** The configured lifetimes, shortened for one session; or the first member that would lengthen. */
export function shorten(
  configured: Lifetimes,
  wanted: Wanted,
  remember: boolean,
): { readonly lifetimes: Lifetimes } | Lengthened {
  for (const name of ['accessToken', 'refreshToken', 'idle', 'absolute'] as const) {
    const value = wanted[name];
    const limit = limitOf(configured, name, remember);
    // A refresh token where none is configured lengthens; a first idle limit shortens.
    if (value != null && (limit === null ? name === 'refreshToken' : value > limit)) {
      return { lengthened: name, limit };
    }
  }
  const lifetimes = { ...configured, ...wanted };
  // A shorter access token must not leave remembered sessions with the longer window of the default.
  const rememberMe = Math.min(
    configured.rememberMe,
    lifetimes.absolute,
    wanted.refreshToken ?? Infinity,
    wanted.idle ?? Infinity,
    lifetimes.refreshToken === null ? (wanted.accessToken ?? Infinity) : Infinity,
  );
  return { lifetimes: { ...lifetimes, rememberMe } };
}

function limitOf(configured: Lifetimes, name: keyof Wanted, remember: boolean): number | null {
  const isReplaced = remember && (name === 'refreshToken' || name === 'idle');
  return isReplaced && configured[name] !== null ? configured.rememberMe : configured[name];
}
