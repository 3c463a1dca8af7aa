import type { ClientProfile } from '../device/client-profile';
import { deviceMark } from '../device/device-mark';
import type { AuditClient } from '../domain/audit-entry';
import type { Risk } from '../domain/risk';

type Facts = Pick<ClientProfile, 'device' | 'deviceId' | 'location'> & { readonly risk?: Risk | null };

/** What an entry keeps of whoever called: from the profile of a session, or from a caller's own. */
export function auditClient({ device, deviceId, location, risk = null }: Facts): AuditClient {
  const { browser, browserVersion, os, osVersion, type } = device;
  return {
    device: { browser, browserVersion, os, osVersion, type },
    deviceMark: deviceMark(deviceId),
    location,
    risk: risk && { score: risk.score, codes: risk.signals.map(({ code }) => code) },
  };
}
