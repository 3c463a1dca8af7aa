import { optionError, readBoolean, refuseUnknown } from './read-options';

/** The cookies of cookie mode. */
export interface CookieOptions {
  /** `sk`: the cookies are `__Host-sk-access`, `__Host-sk-refresh` and `__Host-sk-device`. */
  readonly prefix?: string | undefined;
  /** false only for plain http in development: then the names have no `__Host-`. */
  readonly secure?: boolean | undefined;
  /** `lax`. */
  readonly sameSite?: 'strict' | 'lax' | 'none' | undefined;
  /** Shares the cookies with the subdomains of this domain; the names are then `__Secure-`. */
  readonly domain?: string | undefined;
  /**
   * false: no cookie by which a browser is recognised across sign-ins. It holds a random id for 400 days, opens nothing, and is
   * never made from what the browser looks like.
   */
  readonly device?: boolean | undefined;
}

/** {@link CookieOptions}, parsed. */
export interface CookieSettings {
  readonly accessName: string;
  readonly refreshName: string;
  /** null: browsers are not recognised. */
  readonly deviceName: string | null;
  readonly secure: boolean;
  readonly sameSite: 'strict' | 'lax' | 'none';
  readonly domain: string | undefined;
}

const names = ['prefix', 'secure', 'sameSite', 'domain', 'device'];
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
    deviceName: readBoolean(options.device, 'cookies.device', true) ? `${namePrefix}${prefix}-device` : null,
    secure,
    sameSite,
    domain,
  });
}
