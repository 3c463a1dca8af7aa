import { createRequire } from 'node:module';
import { SessionError } from '../../domain/error';
import type { Location } from '../../domain/location';
import type { GeoResolver } from '../../options/geo';
import { readBoolean, refuseUnknown } from '../../options/read-options';
import { type GeoipLiteAnswer, placeOfGeoipLite } from './geoip-lite-place';
import { ThreadedLookup } from './threaded-lookup';

/** When {@link geoipLite} reads its data. */
export interface GeoipLiteOptions {
  /** true: when it is called, so that the first sign-ins have a place too. With the first lookup unless given. */
  readonly preload?: boolean | undefined;
}

// Where the data cannot be read, each start costs a thread.
const restartMilliseconds = 10_000;

/**
 * Places from the data that the package `geoip-lite` 1.4 brings along, an optional peer: city, region by its code (ISO 3166-2, `CA`),
 * country, coordinates. Its 150 MB are read in a thread of their own, in about a second; sign-ins that come before have no
 * place. Nothing leaves the machine. Where the package is not installed, each lookup fails with one line that says how to get it; where its
 * data cannot be read, each fails, and it is tried again every 10 seconds at most. Once closed it gives 150 MB back and knows no place,
 * until a manager is given it again.
 *
 * @throws SessionError `options_invalid`, naming the option
 */
export function geoipLite(options: GeoipLiteOptions = {}): GeoResolver {
  const { preload } = refuseUnknown(options, ['preload'], 'geoipLite');
  const database = new GeoipLite();
  // What it fails of, the first lookup tells.
  if (readBoolean(preload, 'geoipLite.preload', false)) database.resolve('192.0.2.1').catch(() => undefined);
  return database;
}

class GeoipLite implements GeoResolver {
  readonly #lookup = new ThreadedLookup(modulePath, restartMilliseconds);

  open(): void {
    this.#lookup.open();
  }

  async resolve(ip: string): Promise<Location | null> {
    return placeOfGeoipLite((await this.#lookup.find(ip)) as GeoipLiteAnswer | null);
  }

  close(): Promise<void> {
    return this.#lookup.close();
  }
}

/** Where the package is, only once it is needed: apps that look nobody up install none. */
function modulePath(): string {
  try {
    return createRequire(import.meta.url).resolve('geoip-lite');
  } catch (cause) {
    throw new SessionError('options_invalid', {
      detail: "geoipLite: needs the package 'geoip-lite', which is not installed: npm install geoip-lite@1.4",
      cause,
    });
  }
}
