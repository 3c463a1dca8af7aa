import type { ErrorCode } from '../domain/error';
import { oauthError } from './oauth-error';
import type { AnswerContract } from './operation';

function refusal(description: string): AnswerContract {
  return { description, body: oauthError };
}

/** How the endpoints of RFC 7662 and RFC 7009 refuse, by status. */
export const oauthRefusals: Readonly<Record<number, AnswerContract>> = {
  400: refusal('`invalid_request`: no token, a parameter twice, or two Authorization headers.'),
  401: refusal(
    '`invalid_client`: no API secret, or none that is known; or the administrator’s own session is over or owes a fresh login.',
  ),
  403: refusal('`insufficient_scope`, or `access_denied` to a browser.'),
  413: refusal('`invalid_request`: the body is larger than 64 KiB.'),
  415: refusal('`invalid_request`: the body is no form.'),
  429: refusal('`temporarily_unavailable`: too many refused calls.'),
  503: refusal('`temporarily_unavailable`: the store does not answer.'),
};

/** The codes that they tell in those words instead. */
export const toldAsOAuth: readonly ErrorCode[] = [
  'request_invalid',
  'credentials_conflict',
  'secret_invalid',
  'insufficient_scope',
  'browser_refused',
  'csrf_refused',
  'forbidden_while_impersonating',
  'login_required',
  'step_up_required',
  'payload_too_large',
  'unsupported_media_type',
  'too_many_attempts',
  'store_unavailable',
  'hook_failed',
];
