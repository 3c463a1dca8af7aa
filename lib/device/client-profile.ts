import type { Client, Device } from '../domain/client';
import type { Location } from '../domain/location';
import type { DeviceParser } from '../options/manager-options';
import type { PrivacySettings } from '../options/privacy';
import { cleanText } from './client-text';
import { readPlace } from './given-place';
import { keptAddress } from './kept-address';

/** What a session keeps of its client. */
export interface ClientProfile {
  readonly device: Device;
  readonly deviceId: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly location: Location | null;
}

const maxUserAgentBytes = 512;
const maxDeviceTextBytes = 64;
const maxDeviceIdBytes = 64;
const maxHints = 16;
const maxHintBytes = 256;

/** The client's facts, bounded and cleaned before anything parses them; of its address and user agent no more than may be kept (A77). */
export function profileClient(client: Client, parser: DeviceParser, privacy: PrivacySettings): ClientProfile {
  const userAgent = client.userAgent ? cleanText(client.userAgent, maxUserAgentBytes) : '';
  const device = parser.parse({
    ...(userAgent && { userAgent }),
    ...(client.hints && { hints: cleanHints(client.hints) }),
  });
  return {
    device: {
      browser: short(device.browser),
      browserVersion: short(device.browserVersion),
      os: short(device.os),
      osVersion: short(device.osVersion),
      type: device.type,
      model: short(device.model),
    },
    deviceId: (client.deviceId && cleanText(client.deviceId, maxDeviceIdBytes)) || null,
    ip: keptAddress(client.ip, privacy.ip),
    userAgent: privacy.userAgent === 'none' ? null : userAgent || null,
    location: client.location ? readPlace(client.location) : null,
  };
}

function cleanHints(hints: NonNullable<Client['hints']>): NonNullable<Client['hints']> {
  const kept = Object.entries(hints).slice(0, maxHints);
  return Object.fromEntries(
    kept.map(([name, value]) => [cleanText(name, maxDeviceTextBytes), cleanText(value, maxHintBytes)]),
  );
}

function short(text: string | null): string | null {
  return text && cleanText(text, maxDeviceTextBytes);
}
