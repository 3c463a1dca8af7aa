import type { Device, DeviceType } from '../domain/client';
import type { Brand, ClientHints } from './client-hints';
import { unreduced } from './frozen-values';

/** Brands by the names that user agents give the same browsers: with and without hints a browser has one name. */
const browsers: ReadonlyMap<string, string> = new Map([
  ['Google Chrome', 'Chrome'],
  ['Microsoft Edge', 'Edge'],
  ['Microsoft Edge WebView2', 'Edge WebView2'],
  ['HeadlessChrome', 'Chrome Headless'],
  ['HeadlessEdg', 'Edge'],
  ['Android WebView', 'Chrome WebView'],
  ['YaBrowser', 'Yandex'],
]);

/** What says no more than that a browser is made of Chromium. */
const plain = ['Chromium', 'Chrome', 'Chrome WebView', 'Android Browser'];

const systems: ReadonlyMap<string, string> = new Map([
  ['Windows', 'Windows'],
  ['macOS', 'Mac OS'],
  ['Android', 'Android'],
  ['Chrome OS', 'Chromium OS'],
  ['Chromium OS', 'Chromium OS'],
  ['Linux', 'Linux'],
  ['iOS', 'iOS'],
]);
const systemNames = new Set(systems.values());

/** The first that a device has is what it is. */
const formFactors: readonly (readonly [string, DeviceType])[] = [
  ['Watch', 'wearable'],
  ['XR', 'wearable'],
  ['Tablet', 'tablet'],
  ['Mobile', 'phone'],
  ['Desktop', 'desktop'],
  ['Automotive', 'other'],
];

/** A device as its user agent tells it, put right by what its browser says in hints: reduced user agents tell of versions and models that are not there. */
export function hintedDevice(told: Device, hints: ClientHints): Device {
  const os = systemOf(told, hints);
  return {
    ...browserOf(told, hints.brand),
    os,
    osVersion: systemVersionOf(told, os, hints.platformVersion),
    type: typeOf(told, os, hints),
    model: hints.model ?? told.model,
  };
}

/** The user agent names some that hide among the brands, such as an app around a web view. */
function browserOf(
  { browser, browserVersion }: Device,
  brand: Brand | undefined,
): Pick<Device, 'browser' | 'browserVersion'> {
  if (!brand) return { browser, browserVersion };
  const name = browsers.get(brand.name) ?? brand.name;
  const isToldBetter = browser !== null && plain.includes(name) && !plain.includes(browser);
  if (isToldBetter) return { browser, browserVersion };
  const isMajor = brand.version === undefined || /^\d+$/.test(brand.version);
  const isSame = name === browser && browserVersion?.split('.')[0] === brand.version;
  // Some browsers reduce the full one as well.
  const version = unreduced(brand.version ?? browserVersion);
  return { browser: name, browserVersion: isMajor && isSame ? browserVersion : version };
}

/** `Linux` may be any of them, which the user agent may name. */
function systemOf({ os }: Device, { platform }: ClientHints): string | null {
  const named = platform === undefined ? undefined : systems.get(platform);
  if (named === undefined) return os;
  return named === 'Linux' && os !== null && !systemNames.has(os) ? os : named;
}

function systemVersionOf(told: Device, os: string | null, hint: string | undefined): string | null {
  const isSame = os === told.os;
  // Of Linux the hint would be the kernel's.
  if (os === null || os === 'Linux' || !systemNames.has(os)) return isSame ? told.osVersion : null;
  if (hint !== undefined) return os === 'Windows' ? windowsVersion(hint) : shortVersion(hint);
  return isSame && !isFrozen(told) ? told.osVersion : null;
}

/** What Chromium, which alone sends hints, says of every Android; with a model in place of the `K` too. */
function isFrozen({ os, osVersion }: Device): boolean {
  return os === 'Android' && osVersion === '10';
}

/** The hint counts Windows' own interfaces: from 13 on it is Windows 11, below 1 an old one. */
function windowsVersion(hint: string): string | null {
  const [major = NaN, minor] = hint.split('.', 2).map(Number);
  if (major >= 13) return '11';
  if (major >= 1) return '10';
  return { 1: '7', 2: '8', 3: '8.1' }[minor ?? 0] ?? null;
}

/** `15.0.0` is 15. */
function shortVersion(hint: string): string {
  let parts = hint.split('.');
  while (parts.length > 1 && parts.at(-1) === '0') parts = parts.slice(0, -1);
  return parts.join('.');
}

function typeOf({ type }: Device, os: string | null, hints: ClientHints): DeviceType {
  // Televisions, consoles and watches say that they are in their user agent alone.
  if (!['desktop', 'phone', 'tablet', 'other'].includes(type)) return type;
  const factor = formFactors.find(([name]) => hints.formFactors.includes(name));
  if (factor) return factor[1];
  if (hints.mobile === true) return type === 'tablet' ? 'tablet' : 'phone';
  // An Android that is not for the hand is a tablet, as far as it is nothing else.
  if (hints.mobile === false && os === 'Android') return 'tablet';
  return type === 'other' && os !== null ? 'desktop' : type;
}
