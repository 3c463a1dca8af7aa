import { type DeviceType, deviceTypes } from '../domain/client';
import type { SessionRecord } from '../domain/session-record';
import { checkMilliseconds, checkText, invalidField } from './check';
import type { ListOptions } from './inputs';

/** What sessions a list is narrowed to; null: any. */
export interface ListFilters {
  /** The store's part: its index knows the applications. */
  readonly applicationId: string | null;
  readonly deviceType: DeviceType | null;
  readonly country: string | null;
  readonly since: number | null;
}

/** @throws SessionError `request_invalid`, naming the filter */
export function readFilters({ applicationId, deviceType, country, since }: ListOptions): ListFilters {
  return {
    applicationId: applicationId === undefined ? null : checkText(applicationId, 'applicationId', 64),
    deviceType: deviceType === undefined ? null : checkDeviceType(deviceType),
    country: country === undefined ? null : checkCountry(country),
    since: since === undefined ? null : checkMilliseconds(since, 'since'),
  };
}

/** What has to be looked for in the records themselves; undefined: nothing. */
export function recordFilter({
  deviceType,
  country,
  since,
}: ListFilters): ((record: SessionRecord) => boolean) | undefined {
  if (deviceType === null && country === null && since === null) return undefined;
  return ({ profile, createdAt }) =>
    (deviceType === null || profile.device.type === deviceType) &&
    (country === null || profile.location?.country === country) &&
    (since === null || createdAt >= since);
}

function checkDeviceType(value: unknown): DeviceType {
  const type = deviceTypes.find((one) => one === value);
  if (type === undefined) throw invalidField('deviceType', `one of ${deviceTypes.join(', ')}`, value);
  return type;
}

function checkCountry(value: unknown): string {
  if (typeof value === 'string' && /^[A-Za-z]{2}$/.test(value)) return value.toUpperCase();
  throw invalidField('country', "two letters (ISO 3166-1), such as 'DE'", value);
}
