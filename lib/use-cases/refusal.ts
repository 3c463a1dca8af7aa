import type { EndReason } from '../domain/end-reason';
import { SessionError } from '../domain/error';
import type { Expired, Invalid, NotFound, Revoked } from './outcomes';

export const notFound: NotFound = Object.freeze({ status: 'not-found' });

export function invalid(): Invalid {
  return { status: 'invalid', error: new SessionError('token_invalid') };
}

/** `refreshable`: the access token alone has run out. */
export function expired(refreshable: boolean): Expired {
  return { status: 'expired', error: new SessionError(refreshable ? 'token_expired' : 'session_expired') };
}

export function revoked(reason: EndReason): Revoked {
  return { status: 'revoked', reason, error: new SessionError('session_revoked', { reason }) };
}
