import { invalidField } from '../check';
import { resolutionPurpose } from '../limit-resolution';

/** Of request tokens, which `sessions.exchange` gives out. */
export const exchangePurpose = 'session_exchange';

/** Of what the dry run of ending everybody's sessions gives out. */
export const fleetEndingPurpose = 'fleet_ending';

/** Of the links with which a user says that a sign-in was not theirs. */
export const disownPurpose = 'disown';

const word = /^[a-z][a-z0-9_-]{0,31}$/;
/** What these open is decided by the library itself: an app that issued one could sign anyone in past the limits. */
const reserved: readonly string[] = [resolutionPurpose, exchangePurpose, fleetEndingPurpose, disownPurpose];

export const purposeRule =
  "a lower-case word such as 'registration' of at most 32 characters that the library does not use itself";

/** Whether an app may issue and redeem tokens of this purpose. */
export function isPurpose(purpose: unknown): purpose is string {
  return typeof purpose === 'string' && word.test(purpose) && !reserved.includes(purpose);
}

export function checkPurpose(purpose: unknown): string {
  if (isPurpose(purpose)) return purpose;
  throw invalidField('purpose', purposeRule, purpose);
}
