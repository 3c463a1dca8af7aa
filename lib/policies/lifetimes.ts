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

/** The configured lifetimes, shortened for one session. The name of the first member that would lengthen, if any. */
export function shorten(
  configured: Lifetimes,
  wanted: Partial<Omit<Lifetimes, 'rememberMe'>>,
): { readonly lifetimes: Lifetimes } | { readonly lengthened: keyof Lifetimes } {
  for (const name of ['accessToken', 'refreshToken', 'idle', 'absolute'] as const) {
    const value = wanted[name];
    const limit = configured[name];
    // A refresh token where none is configured lengthens; a first idle limit shortens.
    if (value != null && (limit === null ? name === 'refreshToken' : value > limit)) return { lengthened: name };
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
