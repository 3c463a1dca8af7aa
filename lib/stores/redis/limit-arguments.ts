import type { DeviceType } from '../../domain/client';
import { applicationLimit, type Limits } from '../../domain/limits';
import type { SessionRecord } from '../../domain/session-record';
import { deviceLetter } from './device-letters';
import type { Argument } from './reply';

/** What holds for the whole of a user. No limit is '' in all of these. */
export function userLimits({ user, own, precedence }: Limits): Argument[] {
  return [user ?? '', own ?? '', precedence];
}

/** What holds for one session: the limit of its application and that of its device type. */
export function limitsOf({ applicationId, profile }: SessionRecord, limits: Limits): Argument[] {
  return [applicationLimit(limits, applicationId) ?? '', limits.deviceTypes[profile.device.type] ?? ''];
}

/** The groups that have a limit of their own, as the scripts name them, each with its limit. */
export function namedLimits({ applications, deviceTypes }: Limits): Argument[] {
  return [
    ...Object.entries(applications).flatMap(([name, max]) => [`a${name}`, max]),
    ...Object.entries(deviceTypes).flatMap(([type, max]) => [`d${deviceLetter(type as DeviceType)}`, max]),
  ];
}
