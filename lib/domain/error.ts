/**
 * Every code this library fails with: its HTTP status and its title. The list is closed; codes are added, never renamed.
 * `docs/errors.md` says of each what happened and what to do.
 */
export const errorCodes = {
  no_session: { status: 401, title: 'No session' },
  token_invalid: { status: 401, title: 'The token is not valid' },
  token_expired: { status: 401, title: 'The access token has expired' },
  session_expired: { status: 401, title: 'The session has expired' },
  session_revoked: { status: 401, title: 'The session was ended' },
  step_up_required: { status: 401, title: 'The login has to be confirmed' },
  login_required: { status: 401, title: 'A recent login is required' },
  secret_invalid: { status: 401, title: 'The API secret is not valid' },
  insufficient_scope: { status: 403, title: 'The credential does not allow this' },
  browser_refused: { status: 403, title: 'Browsers are not admitted here' },
  forbidden_while_impersonating: { status: 403, title: 'Not allowed while impersonating' },
  impersonation_refused: { status: 403, title: 'This user may not be impersonated' },
  one_time_token_invalid: { status: 403, title: 'The one-time token is not valid' },
  sign_in_refused: { status: 403, title: 'The sign-in was refused' },
  csrf_refused: { status: 403, title: 'The request came from another site' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  request_invalid: { status: 400, title: 'The request is not valid' },
  credentials_conflict: { status: 400, title: 'More than one credential was sent' },
  payload_too_large: { status: 413, title: 'The request body is too large' },
  unsupported_media_type: { status: 415, title: 'The request body must be JSON' },
  session_limit_reached: { status: 409, title: 'The user has as many sessions as allowed' },
  fleet_ending_under_way: { status: 409, title: 'All sessions are being ended already' },
  stale_sign_in: { status: 409, title: 'The sign-in began before the sessions were ended' },
  too_many_attempts: { status: 429, title: 'Too many attempts' },
  store_unavailable: { status: 503, title: 'The session store is not available' },
  sessions_not_revoked: { status: 503, title: 'The sessions could not be ended yet' },
  hook_failed: { status: 503, title: 'A function that the decision depends on failed' },
  options_invalid: { status: 500, title: 'The options are not valid' },
  internal_error: { status: 500, title: 'Internal error' },
} as const satisfies Record<string, { status: number; title: string }>;

/** One of the codes in `errorCodes`. */
export type ErrorCode = keyof typeof errorCodes;

/** What a {@link SessionError} can carry besides its code. */
export interface SessionErrorDetails {
  /** One sentence about this occurrence; it never holds a token or anything the caller sent verbatim. */
  readonly detail?: string;
  /** Why the session ended, on `session_revoked`. */
  readonly reason?: string;
  /** The offending member of a request body, on `request_invalid`. */
  readonly field?: string;
  /** When to try again, in whole seconds, on 429 and 503. */
  readonly retryAfterSeconds?: number;
  /** The `WWW-Authenticate` header, in place of what the code gives. */
  readonly challenge?: string;
  /** How recent a login must be, in whole seconds, on `login_required`. */
  readonly maxAgeSeconds?: number;
  /** Further members of the problem+json body (RFC 9457 section 3.2). */
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

const retryAfterUnavailable = 1;

/**
 * The one error class of this library. `code` is stable; `status` and `headers` are those that Express' own error
 * handler honours, so that even an app without `problemHandler` answers with the right status.
 */
export class SessionError extends Error {
  override readonly name = 'SessionError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly title: string;
  readonly detail?: string;
  readonly reason?: string;
  readonly field?: string;
  readonly headers: Readonly<Record<string, string>>;
  // Private in earnest: whoever logs an error logs its properties, and a resolution token may be among these (A65).
  readonly #extensions: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, details: SessionErrorDetails = {}) {
    const { status, title } = errorCodes[code];
    super(details.detail ?? title, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.status = status;
    this.title = title;
    if (details.detail !== undefined) this.detail = details.detail;
    if (details.reason !== undefined) this.reason = details.reason;
    if (details.field !== undefined) this.field = details.field;
    this.headers = headersOf(code, status, details);
    this.#extensions = details.extensions ?? {};
  }

  /** Members of the problem+json body that only some codes have. */
  get extensions(): Readonly<Record<string, unknown>> {
    return this.#extensions;
  }
}

function headersOf(
  code: ErrorCode,
  status: number,
  { retryAfterSeconds = retryAfterUnavailable, maxAgeSeconds, challenge: given }: SessionErrorDetails,
): Readonly<Record<string, string>> {
  if (given !== undefined) return { 'WWW-Authenticate': given };
  if (status === 503 || status === 429) return { 'Retry-After': String(retryAfterSeconds) };
  if (status === 401) return { 'WWW-Authenticate': challenge(code, maxAgeSeconds) };
  return {};
}

function challenge(code: ErrorCode, maxAgeSeconds = 0): string {
  // RFC 6750 section 3.1: a request without a credential learns nothing but the scheme.
  if (code === 'no_session') return 'Bearer';
  // RFC 9470 section 3.
  if (code === 'login_required' || code === 'step_up_required')
    return `Bearer error="insufficient_user_authentication", max_age="${maxAgeSeconds}"`;
  return 'Bearer error="invalid_token"';
}
