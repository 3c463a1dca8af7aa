import { type Duration, durationMilliseconds } from '../domain/duration';
import type { Location } from '../domain/location';
import { optionError, refuseUnknown } from './read-options';

/** Tells where an address is, from data on this machine: `geoipLite()`, `maxmindDatabase({ path })`, or one of your own. */
export interface GeoResolver {
  /**
   * The place of a public address in its canonical spelling; null where it is not known. Members left out count as null. What it
   * throws, and what comes after the deadline, costs the sign-in its place and nothing else.
   */
  resolve(ip: string): Partial<Location> | null | Promise<Partial<Location> | null>;
  /** Called when the manager is closed. */
  close?(): void | Promise<void>;
}

/** How sign-ins get their place. */
export interface GeoOptions {
  readonly resolver: GeoResolver;
  /** 1 millisecond to 5 seconds; `250ms`. A sign-in waits no longer for its place. */
  readonly deadline?: Duration | undefined;
}

/** {@link GeoOptions}, parsed: milliseconds. */
export interface GeoSettings {
  readonly resolver: GeoResolver;
  readonly deadline: number;
}

const longestDeadline = 5_000;

/** undefined: sign-ins have the place that the app gives them, or none. */
export function readGeo(input: unknown): GeoSettings | undefined {
  if (input === undefined) return undefined;
  const { resolver, deadline = '250ms' } = refuseUnknown(input, ['resolver', 'deadline'], 'geo');
  if (!isResolver(resolver)) throw optionError('geo.resolver', 'an object with a resolve function', resolver);
  const milliseconds = durationMilliseconds(deadline, 'geo.deadline');
  if (milliseconds < 1 || milliseconds > longestDeadline) throw optionError('geo.deadline', '1ms to 5s', deadline);
  return Object.freeze({ resolver, deadline: milliseconds });
}

function isResolver(value: unknown): value is GeoResolver {
  if (typeof value !== 'object' || value === null) return false;
  const { resolve, close } = value as Partial<Record<keyof GeoResolver, unknown>>;
  return typeof resolve === 'function' && (close === undefined || typeof close === 'function');
}
