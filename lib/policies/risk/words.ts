import { isProgram } from '../../domain/client';
import type { Location } from '../../domain/location';
import type { Sighting } from '../../domain/sighting';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const longestName = 32;

/** `Berlin, DE`, as far as it is known. */
export function placeInWords({ city, region, country }: Location): string {
  const name = city ?? region;
  return [name && short(name), country && short(country)].filter(Boolean).join(', ') || 'an unnamed place';
}

/** `Chrome on Windows`, as far as it is known. */
export function deviceInWords(device: Sighting['device']): string {
  const { browser, os } = device;
  if (isProgram(device)) return browser === null ? 'a script or bot' : `${short(browser)} (a script or bot)`;
  if (browser === null) return os === null ? 'an unknown device' : short(os);
  return os === null ? short(browser) : `${short(browser)} on ${short(os)}`;
}

/** `45 s`, `12 min`, `2 h`, `94 days`. */
export function spanInWords(milliseconds: number): string {
  if (milliseconds < minute) return `${Math.round(milliseconds / 1_000)} s`;
  if (milliseconds < hour) return `${Math.round(milliseconds / minute)} min`;
  if (milliseconds < 2 * day) return `${Number((milliseconds / hour).toFixed(milliseconds < 10 * hour ? 1 : 0))} h`;
  return `${Math.round(milliseconds / day)} days`;
}

/** `8,900`. */
export function figure(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 0 });
}

/** Names come from a client: the longest of them must leave room for the rest of a sentence. */
export function short(name: string): string {
  return name.length <= longestName ? name : `${name.slice(0, longestName - 1).toWellFormed()}…`;
}
