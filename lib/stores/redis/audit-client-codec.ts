import type { AuditClient } from '../../domain/audit-entry';
import { deviceCode, deviceTypeOf } from './device-letters';
import { decodeLocation, encodeLocation, type StoredLocation } from './location-codec';
import { readText, type StoredText } from './stored-text';

type StoredRisk = [score: number, ...codes: string[]];

/** What an entry keeps of a client, by position and with 0 for null; zeros at its end are left out. Stored: append only. */
export type StoredClient = [
  deviceType: number,
  browser?: StoredText,
  browserVersion?: StoredText,
  os?: StoredText,
  osVersion?: StoredText,
  deviceMark?: StoredText,
  location?: StoredLocation | 0,
  risk?: StoredRisk | 0,
];

export function encodeClient({ device, deviceMark, location, risk }: AuditClient): StoredClient {
  const stored: Required<StoredClient> = [
    deviceCode(device.type),
    device.browser ?? 0,
    device.browserVersion ?? 0,
    device.os ?? 0,
    device.osVersion ?? 0,
    deviceMark ?? 0,
    location ? encodeLocation(location) : 0,
    risk ? [risk.score, ...risk.codes] : 0,
  ];
  const last = stored.findLastIndex((member) => member !== 0);
  return stored.slice(0, last + 1) as StoredClient;
}

export function decodeClient([type, ...rest]: StoredClient): AuditClient {
  const [browser = 0, browserVersion = 0, os = 0, osVersion = 0, deviceMark = 0, location = 0, risk = 0] = rest;
  return {
    device: {
      browser: readText(browser),
      browserVersion: readText(browserVersion),
      os: readText(os),
      osVersion: readText(osVersion),
      type: deviceTypeOf(type),
    },
    deviceMark: readText(deviceMark),
    location: location ? decodeLocation(location) : null,
    risk: risk ? { score: risk[0], codes: risk.slice(1) as string[] } : null,
  };
}
