import type { AdminScope } from '../../../domain/admin-scope';
import { SessionError } from '../../../domain/error';
import type { GuardSettings } from './options';

/** 401: nobody who may call. Where nothing was shown, the challenge is bare (RFC 6750 section 3.1; A51, A52). */
export function notAdmitted(
  settings: GuardSettings,
  { isBare, detail, reason }: { readonly isBare: boolean; readonly detail: string; readonly reason?: string },
): SessionError {
  const bearer = isBare ? 'Bearer realm="sessionkeeper"' : 'Bearer realm="sessionkeeper", error="invalid_token"';
  // A browser would answer a Basic challenge with a dialog of its own.
  const isBasic = settings.secrets.length > 0 && !settings.admitsBrowsers;
  const challenge = isBasic ? `${bearer}, Basic realm="sessionkeeper", charset="UTF-8"` : bearer;
  return new SessionError('secret_invalid', { detail, challenge, ...(reason !== undefined && { reason }) });
}

/** 429: there were too many refused calls. */
export function floodOf(retryAfterSeconds: number): SessionError {
  return new SessionError('too_many_attempts', { retryAfterSeconds, detail: 'Too many refused calls.' });
}

/** 403: known, and not allowed to do this (RFC 6750 section 3.1). */
export function outOfScope(scope: AdminScope): SessionError {
  return new SessionError('insufficient_scope', {
    detail: `This takes the scope ${scope}.`,
    challenge: `Bearer realm="sessionkeeper", error="insufficient_scope", scope="${scope}"`,
  });
}
