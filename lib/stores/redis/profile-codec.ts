import type { DeviceType } from '../../domain/client';
import type { SessionId } from '../../domain/session-id';
import { riskLevels } from '../../domain/risk';
import type { Profile, SessionRisk } from '../../domain/session-record';
import { deviceCode, deviceTypeOf, impersonationCode } from './device-letters';
import { deviceMark, deviceMarkBytes } from './device-mark';
import { decodeLocation, encodeLocation, type StoredLocation } from './location-codec';
import { readText, type StoredText } from './stored-text';

// By position and with 0 for null: names would make up a third of a record. Stored: append only.
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
  location?: StoredLocation | 0,
  impersonator?: StoredImpersonator | 0,
  risk?: StoredRisk,
];

type StoredRisk = [score: number, level: number, known: readonly string[], ...signals: StoredSignal[]];

type StoredSignal = [code: string, weight: number, because: string];

// The letter in front of the JSON marks these sessions for the scripts that count; so the device's type stands here.
type StoredImpersonator = [id: string, sessionId: SessionId | 0, reason: string, type: DeviceType];

type Rare =
  | [StoredLocation | 0, StoredImpersonator | 0, StoredRisk]
  | [StoredLocation | 0, StoredImpersonator | 0]
  | [StoredLocation]
  | [];

const lengthBytes = 2;
const lengthAt = 1 + deviceMarkBytes;
/** Device type, device mark and length, in front of the JSON. */
export const profileHeadBytes = lengthAt + lengthBytes;

/** Device type letter, device mark, length, JSON: one piece that scripts move without looking into the JSON. */
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
    ...encodeRare(profile, device.type),
  ];
  const json = Buffer.from(JSON.stringify(stored));
  const head = Buffer.allocUnsafe(profileHeadBytes);
  head.writeUInt8(profile.impersonator ? impersonationCode : deviceCode(device.type));
  deviceMark(profile.deviceId).copy(head, 1);
  head.writeUInt16BE(json.length, lengthAt);
  return Buffer.concat([head, json]);
}

/** What most profiles have none of, and then it takes no room. */
function encodeRare({ location, impersonator, risk }: Omit<Profile, 'device'>, type: DeviceType): Rare {
  const place = location ? encodeLocation(location) : 0;
  const who: StoredImpersonator | 0 = impersonator
    ? [impersonator.id, impersonator.sessionId ?? 0, impersonator.reason, type]
    : 0;
  if (risk) return [place, who, encodeRisk(risk)];
  if (who !== 0) return [place, who];
  return place === 0 ? [] : [place];
}

/** @throws where the JSON is no profile. */
export function decodeProfile(code: number, json: string): Profile {
  const stored = JSON.parse(json) as StoredProfile;
  const [userId, browser, browserVersion, os, osVersion, model, deviceName, deviceId, ip, userAgent] = stored;
  const [scope, methods, location, impersonator, risk] = [
    stored[10],
    stored[11],
    stored[12],
    stored[13],
    stored[14],
  ];
  if (typeof userId !== 'string' || !Array.isArray(scope) || !Array.isArray(methods))
    throw new TypeError('no profile');
  return {
    userId,
    device: {
      browser: readText(browser),
      browserVersion: readText(browserVersion),
      os: readText(os),
      osVersion: readText(osVersion),
      type: impersonator ? impersonator[3] : deviceTypeOf(code),
      model: readText(model),
    },
    deviceName: readText(deviceName),
    deviceId: readText(deviceId),
    ip: readText(ip),
    userAgent: readText(userAgent),
    location: location ? decodeLocation(location) : null,
    scope,
    methods,
    impersonator: impersonator
      ? { id: impersonator[0], sessionId: impersonator[1] || null, reason: impersonator[2] }
      : null,
    risk: risk ? decodeRisk(risk) : null,
  };
}

function encodeRisk({ score, level, signals, known }: SessionRisk): StoredRisk {
  const shown = signals.map(({ code, weight, because }): StoredSignal => [code, weight, because]);
  return [score, riskLevels.indexOf(level), known, ...shown];
}

function decodeRisk([score, level, known, ...signals]: StoredRisk): SessionRisk {
  const shown = signals.map(([code, weight, because]) => ({ code, weight, because }));
  return { score, level: riskLevels[level] ?? 'none', signals: shown, known };
}
