import { hash } from 'node:crypto';

export const deviceMarkBytes = 8;

const none = Buffer.alloc(deviceMarkBytes);

/** By which scripts tell sessions of one device, in records and index members: a hash of the device id; zeros for none. */
export function deviceMark(deviceId: string | null): Buffer {
  return deviceId === null ? none : hash('sha256', deviceId, 'buffer').subarray(0, deviceMarkBytes);
}
