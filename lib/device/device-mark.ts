import { deviceHashText } from '../domain/device-hash';

/** What people and apps may see of a device id: the same for all sign-ins of one device, and it opens nothing. null for none. */
export function deviceMark(deviceId: string | null): string | null {
  return deviceId === null ? null : deviceHashText(deviceId);
}
