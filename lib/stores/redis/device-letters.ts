import type { DeviceType } from '../../domain/client';

/** One letter a device type, in records and index members. Stored: never change one. */
const letters: Readonly<Record<DeviceType, string>> = {
  desktop: 'd',
  phone: 'p',
  tablet: 't',
  tv: 'v',
  console: 'c',
  wearable: 'w',
  bot: 'b',
  other: 'o',
  api: 'a',
};

/** In place of a device's letter: a session that an administrator uses in the user's place, which no limit counts. */
export const impersonationCode = 'i'.charCodeAt(0);

const typesByCode = new Map(
  Object.entries(letters).map(([type, letter]) => [letter.charCodeAt(0), type as DeviceType]),
);

export function deviceLetter(type: DeviceType): string {
  return letters[type];
}

export function deviceCode(type: DeviceType): number {
  return letters[type].charCodeAt(0);
}

export function deviceTypeOf(code: number): DeviceType {
  return typesByCode.get(code) ?? 'other';
}
