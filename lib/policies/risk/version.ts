import type { Sighting } from '../../domain/sighting';
import { systemFamily } from './device-family';

// Browsers say these versions of every later one as well, unless a client hint tells better: they are the least it can be.
const frozen: Readonly<Record<string, readonly string[]>> = {
  windows: ['10'],
  macos: ['10.15', '10.15.7'],
  android: ['10'],
};

/** By the major version: the rest is in some requests and not in others. */
export function isLowerBrowser(version: string | null, than: string | null): boolean {
  const [a, b] = [numbersOf(version)[0], numbersOf(than)[0]];
  return a !== undefined && b !== undefined && a < b;
}

/** As far as both versions go. */
export function isLowerSystem(device: Sighting['device'], than: Sighting['device']): boolean {
  if (frozen[systemFamily(device) ?? '']?.includes(device.osVersion ?? '') === true) return false;
  const [a, b] = [numbersOf(device.osVersion), numbersOf(than.osVersion)];
  const at = a.findIndex((number, index) => number !== b[index]);
  return at !== -1 && b[at] !== undefined && a[at]! < b[at];
}

/** Empty where it is not numbers with dots between them. */
function numbersOf(version: string | null): number[] {
  return version !== null && /^\d{1,9}(\.\d{1,9}){0,7}$/.test(version) ? version.split('.').map(Number) : [];
}
