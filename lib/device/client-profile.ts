import { isIP } from 'node:net';
import type { Client, Device } from '../domain/client';
import type { Location } from '../domain/location';
import type { DeviceParser } from '../options/manager-options';
import { cleanText } from './client-text';

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
const maxHintBytes = 128;
const maxPlaceBytes = 64;
const countryCode = /^[A-Za-z]{2}$/;

/** The client's facts, bounded and cleaned before anything parses them. */
export function profileClient(client: Client, parser: DeviceParser): ClientProfile {
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
    ip: client.ip && isIP(client.ip) ? client.ip : null,
    userAgent: userAgent || null,
    location: client.location ? readLocation(client.location) : null,
  };
}

/** null where nothing of it can be used. */
function readLocation({ city, region, country }: NonNullable<Client['location']>): Location | null {
  const code = typeof country === 'string' && countryCode.test(country) ? country.toUpperCase() : null;
  const place = { city: placeName(city), region: placeName(region), country: code, coordinates: null };
  return (place.city ?? place.region ?? place.country) ? place : null;
}

function placeName(text: unknown): string | null {
  return typeof text === 'string' ? cleanText(text, maxPlaceBytes).trim() || null : null;
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
