import type { Profile } from '../../domain/session-record';
import { deviceCode, deviceTypeOf } from './device-letters';

// By position and with 0 for null: names would make up a third of a record. Stored: append only.
type StoredText = string | 0;
type StoredProfile = [
  userId: string,
  browser: StoredText,
  browserVersion: StoredText,
  os: StoredText,
  osVersion: StoredText,
  model: StoredText,
  deviceName: StoredText,
  deviceId: StoredText,
  ip: StoredText,
  userAgent: StoredText,
  scope: readonly string[],
  methods: readonly string[],
];

const lengthBytes = 2;
/** Device type and length, in front of the JSON. */
export const profileHeadBytes = 1 + lengthBytes;

/** Device type letter, length, JSON: one piece that scripts move without looking into it. */
export function encodeProfile({ device, ...profile }: Profile): Buffer {
  const stored: StoredProfile = [
    profile.userId,
    device.browser ?? 0,
    device.browserVersion ?? 0,
    device.os ?? 0,
    device.osVersion ?? 0,
    device.model ?? 0,
    profile.deviceName ?? 0,
    profile.deviceId ?? 0,
    profile.ip ?? 0,
    profile.userAgent ?? 0,
    profile.scope,
    profile.methods,
  ];
  const json = Buffer.from(JSON.stringify(stored));
  const head = Buffer.allocUnsafe(profileHeadBytes);
  head.writeUInt8(deviceCode(device.type));
  head.writeUInt16BE(json.length, 1);
  return Buffer.concat([head, json]);
}

/** @throws where the JSON is no profile. */
export function decodeProfile(code: number, json: string): Profile {
  const stored = JSON.parse(json) as StoredProfile;
  const [userId, browser, browserVersion, os, osVersion, model, deviceName, deviceId, ip, userAgent] = stored;
  const [scope, methods] = [stored[10], stored[11]];
  if (typeof userId !== 'string' || !Array.isArray(scope) || !Array.isArray(methods))
    throw new TypeError('no profile');
  return {
    userId,
    device: {
      browser: text(browser),
      browserVersion: text(browserVersion),
      os: text(os),
      osVersion: text(osVersion),
      type: deviceTypeOf(code),
      model: text(model),
    },
    deviceName: text(deviceName),
    deviceId: text(deviceId),
    ip: text(ip),
    userAgent: text(userAgent),
    scope,
    methods,
  };
}

function text(stored: StoredText): string | null {
  return stored === 0 ? null : stored;
}
