import { type Duration, durationMilliseconds } from '../domain/duration';
import type { GivenLocation } from '../domain/location';
import { optionError, refuseUnknown } from './read-options';

/**
 * Tells where an address is, from data on this machine: `geoipLite()`, `maxmindDatabase({ path })`, or one of your own. Several managers may
 * be given the same one: it is opened for the first of them and closed with the last.
 */
export interface GeoResolver {
  /**
   * The place of a public address in its canonical spelling; null where it is not known. Members left out, and undefined ones, count as null. What it
   * throws, and what comes after the deadline, costs the sign-in its place and nothing else.
   */
  resolve(ip: string): GivenLocation | null | Promise<GivenLocation | null>;
  /** Called when a manager is given it that no other has which is open: the first, and again the first after a `close`. */
  open?(): void | Promise<void>;
  /** Called when the last of the managers that have it is closed. None of them asks it any more. */
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
  const { resolve, open, close } = value as Partial<Record<keyof GeoResolver, unknown>>;
  return (
    typeof resolve === 'function' &&
    [open, close].every((optional) => optional === undefined || typeof optional === 'function')
  );
}
