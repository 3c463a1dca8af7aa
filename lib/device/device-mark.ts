import { deviceHashText } from '../domain/device-hash';
import { Memo } from '../domain/memo';

// Every check shows its session's device, and a process sees the same ones again and again.
const marks = new Memo(5_000, deviceHashText);

/** What people and apps may see of a device id: the same for all sign-ins of one device, and it opens nothing. null for none. */
export function deviceMark(deviceId: string | null): string | null {
  return deviceId === null ? null : marks.of(deviceId);
}
