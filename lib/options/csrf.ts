import { optionError, refuseUnknown } from './read-options';

/** Which pages of other origins may send unsafe requests with our cookies. */
export interface CsrfOptions {
  /** Origins such as `https://app.example.com`, exactly as browsers send them. */
  readonly allowedOrigins?: readonly string[] | undefined;
}

/** {@link CsrfOptions}, parsed; false where the check is off. */
export type CsrfSettings = { readonly allowedOrigins: ReadonlySet<string> } | false;

export function readCsrf(input: unknown): CsrfSettings {
  if (input === false) return false;
  const { allowedOrigins = [] } = refuseUnknown(input, ['allowedOrigins'], 'csrf');
  if (!Array.isArray(allowedOrigins))
    throw optionError('csrf.allowedOrigins', 'an array of origins', allowedOrigins);
  return Object.freeze({ allowedOrigins: new Set(allowedOrigins.map(readOrigin)) });
}

function readOrigin(value: unknown): string {
  // An asterisk passes for a host name in a URL; taken for a wildcard, it would silently allow nobody.
  if (typeof value === 'string' && !value.includes('*') && URL.canParse(value) && new URL(value).origin === value)
    return value;
  throw optionError('csrf.allowedOrigins', "origins such as 'https://app.example.com', without a path", value);
}
