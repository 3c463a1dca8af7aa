import UAParser from 'ua-parser-js';
import type { Client, Device, DeviceType } from '../domain/client';
import type { DeviceParser } from '../options/manager-options';

const types: Readonly<Record<string, DeviceType>> = {
  mobile: 'phone',
  tablet: 'tablet',
  smarttv: 'tv',
  console: 'console',
  wearable: 'wearable',
};

const botPattern = /bot\b|crawler|spider|headless|^curl\/|^wget\/|python-requests|^node\b|okhttp|axios|postman/i;

/** Reads the user agent with ua-parser-js. */
export const userAgentParser: DeviceParser = {
  parse({ userAgent }: Client): Device {
    if (!userAgent) return unknownDevice;
    const { browser, os, device } = new UAParser(userAgent).getResult();
    return {
      browser: browser.name ?? null,
      browserVersion: browser.version ?? null,
      os: os.name ?? null,
      osVersion: os.version ?? null,
      type: botPattern.test(userAgent) ? 'bot' : deviceType(device.type, os.name),
      model: device.model ?? null,
    };
  },
};

export const unknownDevice: Device = Object.freeze({
  browser: null,
  browserVersion: null,
  os: null,
  osVersion: null,
  type: 'other',
  model: null,
});

/** User agents of desktops name no device type. */
function deviceType(type: string | undefined, os: string | undefined): DeviceType {
  if (type !== undefined) return types[type] ?? 'other';
  return os === undefined ? 'other' : 'desktop';
}
