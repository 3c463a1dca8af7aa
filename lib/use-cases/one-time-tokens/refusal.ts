import { SessionError } from '../../domain/error';
import type { OneTimeTokenRefused } from './outcomes';

/** Refuses a one-time token; the reason is all that its bearer is told. */
export function refuseOneTime(status: OneTimeTokenRefused['status']): OneTimeTokenRefused {
  return { status, error: new SessionError('one_time_token_invalid', { reason: status }) };
}
