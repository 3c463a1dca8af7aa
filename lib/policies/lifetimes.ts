import type { Lifetimes } from '../domain/lifetimes';
import type { Windows } from '../domain/session-record';

/** A session's windows. For a remembered one `rememberMe` stands in for the refresh window, `rememberedIdle` for the idle limit. */
export function windowsOf(lifetimes: Lifetimes, remember: boolean, grace: number): Windows {
  const { accessToken, refreshToken, idle, rememberedIdle, rememberMe } = lifetimes;
  if (!remember) return { access: accessToken, refresh: refreshToken, idle, grace };
  return refreshToken === null
    ? { access: rememberMe, refresh: null, idle: rememberedIdle, grace }
    : { access: Math.min(accessToken, rememberMe), refresh: rememberMe, idle: rememberedIdle, grace };
}

type Wanted = Partial<Omit<Lifetimes, 'rememberMe' | 'rememberedIdle'>>;

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
    // It stands in for the idle limit, where remembered sessions have none of their own.
    configured.rememberedIdle === null ? (wanted.idle ?? Infinity) : Infinity,
    lifetimes.refreshToken === null ? (wanted.accessToken ?? Infinity) : Infinity,
  );
  const rememberedIdle = configured.rememberedIdle === null ? null : lifetimes.idle;
  return { lifetimes: { ...lifetimes, rememberedIdle, rememberMe } };
}

function limitOf(configured: Lifetimes, name: keyof Wanted, remember: boolean): number | null {
  const isReplaced =
    remember && (name === 'refreshToken' || (name === 'idle' && configured.rememberedIdle === null));
  return isReplaced && configured[name] !== null ? configured.rememberMe : configured[name];
}
