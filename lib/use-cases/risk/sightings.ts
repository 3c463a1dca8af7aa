import { deviceMark } from '../../device/device-mark';
import type { AuditEntry } from '../../domain/audit-entry';
import type { Profile } from '../../domain/session-record';
import type { Sighting } from '../../domain/sighting';

/** A user as a session's profile or a caller's own shows them. */
export function sightingOf(
  { device, deviceId, ip, location }: Pick<Profile, 'device' | 'deviceId' | 'ip' | 'location'>,
  at: number,
): Sighting {
  const { browser, browserVersion, os, osVersion, type } = device;
  return {
    at,
    device: { browser, browserVersion, os, osVersion, type },
    deviceMark: deviceMark(deviceId),
    ip,
    location,
  };
}

/** The same as the history tells it; nothing for an entry that tells of no client. */
export function sightingsIn({ at, ip, client }: AuditEntry): readonly Sighting[] {
  if (!client) return [];
  const { device, deviceMark: mark, location } = client;
  return [{ at, device, deviceMark: mark, ip, location }];
}
