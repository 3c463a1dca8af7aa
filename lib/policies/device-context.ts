import type { Device } from '../domain/client';

/** What ties a refresh token to the device it was given to. */
export interface DeviceContext {
  readonly deviceId: string | null;
  readonly device: Pick<Device, 'browser' | 'os'>;
}

/** The device id where both have one, else browser and system family; absent matches absent; never the address. */
export function isSameDevice(known: DeviceContext, caller: DeviceContext): boolean {
  if (known.deviceId !== null && caller.deviceId !== null) return known.deviceId === caller.deviceId;
  return known.device.browser === caller.device.browser && known.device.os === caller.device.os;
}
