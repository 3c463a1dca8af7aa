import { optionError, readBoolean, refuseUnknown } from './read-options';

/** The cookies of cookie mode. */
export interface CookieOptions {
  /** `sk`: the cookies are `__Host-sk-access` and `__Host-sk-refresh`. */
  readonly prefix?: string | undefined;
  /** false only for plain http in development: then the names have no `__Host-`. */
  readonly secure?: boolean | undefined;
  /** `lax`. */
  readonly sameSite?: 'strict' | 'lax' | 'none' | undefined;
  /** Shares the cookies with the subdomains of this domain; the names are then `__Secure-`. */
  readonly domain?: string | undefined;
}

/** {@link CookieOptions}, parsed. */
export interface CookieSettings {
  readonly accessName: string;
  readonly refreshName: string;
  readonly secure: boolean;
  readonly sameSite: 'strict' | 'lax' | 'none';
  readonly domain: string | undefined;
}

const names = ['prefix', 'secure', 'sameSite', 'domain'];
const hostName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;

export function readCookies(input: unknown): CookieSettings {
  const options = refuseUnknown(input, names, 'cookies');
  const secure = readBoolean(options.secure, 'cookies.secure', true);
  const { prefix = 'sk', sameSite = 'lax', domain } = options;
  if (typeof prefix !== 'string' || !/^[A-Za-z0-9_-]{1,32}$/.test(prefix)) {
    throw optionError('cookies.prefix', '1 to 32 letters, digits, - or _', prefix);
  }
  if (sameSite !== 'strict' && sameSite !== 'lax' && sameSite !== 'none') {
    throw optionError('cookies.sameSite', "'strict', 'lax' or 'none'", sameSite);
  }
  // Browsers drop such a cookie, and everyone would silently stay signed out (A12).
  if (sameSite === 'none' && !secure)
    throw optionError('cookies.sameSite', "'none' only together with secure", sameSite);
  if (domain !== undefined && (typeof domain !== 'string' || !hostName.test(domain))) {
    throw optionError('cookies.domain', "a host name such as 'example.com'", domain);
  }
  const namePrefix = secure ? (domain === undefined ? '__Host-' : '__Secure-') : '';
  return Object.freeze({
    accessName: `${namePrefix}${prefix}-access`,
    refreshName: `${namePrefix}${prefix}-refresh`,
    secure,
    sameSite,
    domain,
  });
}
