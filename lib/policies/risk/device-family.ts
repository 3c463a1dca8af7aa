import { isProgram } from '../../domain/client';
import type { Sighting } from '../../domain/sighting';

type SightedDevice = Sighting['device'];

/** A browser by name, whatever its version; undefined where it is not known. Safari is one browser on phones and desktops. */
export function browserFamily({ browser }: SightedDevice): string | undefined {
  return browser === null ? undefined : normalized(browser).replace(/^mobile /, '');
}

/** A system by name; undefined where it is not known. User agents and client hints spell some of them differently. */
export function systemFamily({ os }: SightedDevice): string | undefined {
  return os === null ? undefined : normalized(os).replaceAll(' ', '');
}

/** What tells kinds of device apart; undefined where nothing is known. That it is a script is something. */
export function deviceFamily(device: SightedDevice): string | undefined {
  const [browser, system] = [browserFamily(device), systemFamily(device)];
  if (browser === undefined && system === undefined && !isProgram(device)) return undefined;
  return `${browser ?? ''} ${system ?? ''} ${device.type}`;
}

/** The desktop view of a phone or tablet names another system, and the same browser. */
export function mayBeOneDevice(a: SightedDevice, b: SightedDevice): boolean {
  if (browserFamily(a) === undefined || browserFamily(a) !== browserFamily(b)) return false;
  const systems = [systemFamily(a), systemFamily(b)];
  return desktopViews.some((pair) => pair.every((system) => systems.includes(system)));
}

const desktopViews = [
  ['ios', 'macos'],
  ['ipados', 'macos'],
  ['android', 'linux'],
];

function normalized(name: string): string {
  return name.toLowerCase().trim();
}
