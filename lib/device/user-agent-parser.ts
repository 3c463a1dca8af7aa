import UAParser from 'ua-parser-js';
import type { Client, Device, DeviceType } from '../domain/client';
import type { DeviceParser } from '../options/manager-options';
import { type ClientHints, readClientHints } from './client-hints';
import { withoutFrozen } from './frozen-values';
import { hintedDevice } from './hinted-device';
import { type Program, readInnerLibrary, readProgram } from './programs';

const types: Readonly<Record<string, DeviceType>> = {
  mobile: 'phone',
  tablet: 'tablet',
  smarttv: 'tv',
  console: 'console',
  wearable: 'wearable',
};

export const unknownDevice: Device = Object.freeze({
  browser: null,
  browserVersion: null,
  os: null,
  osVersion: null,
  type: 'other',
  model: null,
});

/** Reads the user agent with ua-parser-js, tells programs from people's browsers, and puts right by client hints what browsers keep back. */
export const userAgentParser: DeviceParser = {
  parse(client: Client): Device {
    const { userAgent = '' } = client;
    const program = readProgram(userAgent);
    const hints = readClientHints(client);
    if (isHeadless(program?.name ?? hints?.brand?.name)) return { ...browserOf(userAgent, hints), type: 'bot' };
    return program ? deviceOf(program) : browserOf(userAgent, hints);
  },
};

/** A real browser on a real system, in the hands of a program. */
function isHeadless(name = ''): boolean {
  return /^Headless(Chrome|Edg)$/i.test(name);
}

function browserOf(userAgent: string, hints: ClientHints | undefined): Device {
  const told = parseUserAgent(completed(userAgent, hints));
  if (hints) return hintedDevice(told, hints);
  const library = told.os === null ? readInnerLibrary(userAgent) : undefined;
  return library ? deviceOf(library) : told;
}

/** Of the system that it pretends to run on nothing is known. */
function deviceOf({ type, name, version }: Program): Device {
  return { ...unknownDevice, type, browser: name, browserVersion: version };
}

/** What stands in every reduced user agent of Chromium on Android (`Android 10; K`), replaced by what the hints tell. */
function completed(userAgent: string, hints: ClientHints | undefined): string {
  if (hints?.model === undefined) return userAgent;
  return userAgent.replace(reduced, () => `Android 10; ${hints.model!}`);
}

const reduced = 'Android 10; K';

function parseUserAgent(userAgent: string): Device {
  if (!userAgent) return unknownDevice;
  const { browser, os, device } = new UAParser(userAgent).getResult();
  const isReduced = device.model === 'K' && userAgent.includes(reduced);
  return withoutFrozen({
    browser: browser.name ?? null,
    browserVersion: browser.version ?? null,
    os: os.name ?? null,
    osVersion: isReduced ? null : (os.version ?? null),
    type: deviceType(device.type, os.name),
    model: isReduced ? null : (device.model ?? null),
  });
}

/** User agents of desktops name no device type, and neither do those of some apps on telephones. */
function deviceType(type: string | undefined, os: string | undefined): DeviceType {
  if (type !== undefined) return types[type] ?? 'other';
  if (os === 'iOS' || os === 'Android') return 'phone';
  return os === undefined ? 'other' : 'desktop';
}
