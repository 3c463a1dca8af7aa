import type { z } from 'zod';
import type { oauthError } from '../../../contract/oauth-error';
import type { ErrorCode, SessionError } from '../../../domain/error';
import type { Answer } from '../../router/endpoint';

type OAuthErrorCode = z.output<typeof oauthError>['error'];

const words: Partial<Record<ErrorCode, OAuthErrorCode>> = {
  secret_invalid: 'invalid_client',
  login_required: 'invalid_client',
  step_up_required: 'invalid_client',
  insufficient_scope: 'insufficient_scope',
  browser_refused: 'access_denied',
  csrf_refused: 'access_denied',
};

/**
 * A refusal as the endpoints of RFC 7662 and RFC 7009 tell it: `{ error, error_description }` as plain JSON (RFC 6749 section 5.2),
 * which is what OAuth clients read. Status and headers are the same as elsewhere.
 */
export function oauthRefusal({ code, status, title, detail, headers }: SessionError): Answer {
  const error = words[code] ?? wordOf(status);
  // A fault of this process is told to its log, not to its callers (A16.5.1).
  const error_description = (status === 500 ? undefined : detail) ?? title;
  const body = { error, error_description } satisfies z.input<typeof oauthError>;
  return { status, body, headers };
}

function wordOf(status: number): OAuthErrorCode {
  if (status === 429 || status === 503) return 'temporarily_unavailable';
  return status >= 500 ? 'server_error' : 'invalid_request';
}
