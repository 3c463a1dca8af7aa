import type { Device } from '../domain/client';
import type { EndReason } from '../domain/end-reason';
import { SessionError } from '../domain/error';
import type { Expired, Invalid, NotFound, Revoked, StepUpRequired } from './outcomes';

export const notFound: NotFound = Object.freeze({ status: 'not-found' });

export function invalid(): Invalid {
  return { status: 'invalid', error: new SessionError('token_invalid') };
}

/** `refreshable`: the access token alone has run out. */
export function expired(refreshable: boolean): Expired {
  return { status: 'expired', error: new SessionError(refreshable ? 'token_expired' : 'session_expired') };
}

/** `replacedBy`: the device of the sign-in that took the session's place. */
export function revoked(reason: EndReason, replacedBy: Device | null = null): Revoked {
  const successor = replacedBy && { replacedBy };
  const error = new SessionError('session_revoked', { reason, ...(successor && { extensions: successor }) });
  return { status: 'revoked', reason, error, ...successor };
}

export function stepUpRequired(): StepUpRequired {
  return { status: 'step-up-required', error: new SessionError('step_up_required') };
}
