import type { ClientProfile } from '../../device/client-profile';
import type { Risk } from '../../domain/risk';
import type { Profile } from '../../domain/session-record';
import { withMark } from './known-callers';

interface Seen {
  readonly profile: ClientProfile;
  readonly mark: string;
  readonly risk: Risk;
  /** false: whoever it was has yet to prove to be the user, or to be judged in full. */
  readonly isProven: boolean;
}

/**
 * What a session shows once a use of it was judged: the place follows the caller, so that lists show where it is used, and so do the versions of
 * its device, which updates itself. Another browser or system is no update, and the device id stays that of the sign-in. Until a
 * step-up is answered, or somebody is judged in full, nothing follows: the next one is compared with the user, not with whoever raised it.
 */
export function following(profile: Profile, { profile: caller, mark, risk, isProven }: Seen): Profile {
  const known = profile.risk?.known ?? [];
  if (!isProven) return { ...profile, risk: { ...risk, known } };
  const { device, userAgent, ip } = caller;
  const isUpdate =
    device.browser === profile.device.browser &&
    device.os === profile.device.os &&
    device.type === profile.device.type;
  return {
    ...profile,
    ip,
    // Of a new address whose place nobody knows, the old one is no better guess.
    location: caller.location ?? (ip === profile.ip ? profile.location : null),
    ...(isUpdate && { device, userAgent }),
    risk: withMark({ ...risk, known }, mark),
  };
}
