import type { Device } from '../domain/client';

/** What browsers say of every version of these systems, by the names and versions that the parser gives. */
const systems: ReadonlyMap<string, readonly string[]> = new Map([
  ['Windows', ['10']],
  // Chromium's and Safari's, then Firefox'.
  ['Mac OS', ['10.15.7', '10.15']],
]);

/** What stands in each user agent of a system and names no model. */
const noModel = 'Macintosh';
const reducedVersion = /^(\d+)\.0\.0\.0$/;

/** A device as its user agent tells it, without what browsers write there whatever is true: not known is better than wrong. */
export function withoutFrozen(told: Device): Device {
  const { os, osVersion, browserVersion, model } = told;
  const isFrozen = os !== null && osVersion !== null && systems.get(os)?.includes(osVersion) === true;
  return {
    ...told,
    browserVersion: unreduced(browserVersion),
    osVersion: isFrozen ? null : osVersion,
    model: model === noModel ? null : model,
  };
}

/** `138` of `138.0.0.0`: of a reduced version only the first number is one. */
export function unreduced(version: string | null): string | null {
  return version?.replace(reducedVersion, '$1') ?? null;
}
