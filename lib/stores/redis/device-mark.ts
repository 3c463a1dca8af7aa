import { deviceHash, deviceHashBytes } from '../../domain/device-hash';

export const deviceMarkBytes = deviceHashBytes;

const none = Buffer.alloc(deviceMarkBytes);

/** By which scripts tell sessions of one device, in records and index members: the hash of the device id; zeros for none. */
export function deviceMark(deviceId: string | null): Buffer {
  return deviceId === null ? none : deviceHash(deviceId);
}
