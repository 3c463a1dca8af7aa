import { createRequire } from 'node:module';
import type * as Maxmind from 'maxmind';
import { type Duration, durationMilliseconds } from '../../domain/duration';
import { SessionError } from '../../domain/error';
import type { Location } from '../../domain/location';
import type { GeoResolver } from '../../options/geo';
import { optionError, refuseUnknown } from '../../options/read-options';
import { MmdbFile } from './mmdb-file';
import { type MmdbRecord, placeOfMmdb } from './mmdb-place';

/** Which file {@link maxmindDatabase} reads. */
export interface MaxmindDatabaseOptions {
  /** An mmdb file of cities or countries: MaxMind's GeoLite2 and GeoIP2, DB-IP's, those of `@ip-location-db/…`. */
  readonly path: string;
  /** 1 millisecond to 1 day; `10s`. The file is looked at no more often, and only when it is used; a change takes two looks. */
  readonly checkEvery?: Duration | undefined;
}

const dayMilliseconds = 86_400_000;

/**
 * Places from an mmdb file, by the package `maxmind` 5, an optional peer; names in English. The file is read with the first lookup and
 * again when it changes. Nothing leaves the machine. Where the package is not installed, each lookup fails with one line that
 * says how to get it.
 *
 * @throws SessionError `options_invalid`, naming the option
 */
export function maxmindDatabase(options: MaxmindDatabaseOptions): GeoResolver {
  const { path, checkEvery = '10s' } = refuseUnknown(options, ['path', 'checkEvery'], 'maxmindDatabase');
  if (typeof path !== 'string' || path === '')
    throw optionError('maxmindDatabase.path', 'the path of a file', path);
  const interval = durationMilliseconds(checkEvery, 'maxmindDatabase.checkEvery');
  if (interval < 1 || interval > dayMilliseconds) {
    throw optionError('maxmindDatabase.checkEvery', '1ms to 1d', checkEvery);
  }
  let maxmind: typeof Maxmind | undefined;
  const file = new MmdbFile(path, (bytes) => new maxmind!.Reader(bytes), interval);
  return {
    async resolve(ip): Promise<Location | null> {
      maxmind ??= loadMaxmind();
      return placeOfMmdb((await file.get(ip)) as MmdbRecord | null);
    },
  };
}

/** Only once it is needed: apps that look nobody up install none. */
function loadMaxmind(): typeof Maxmind {
  try {
    return createRequire(import.meta.url)('maxmind') as typeof Maxmind;
  } catch (cause) {
    throw new SessionError('options_invalid', {
      detail: "maxmindDatabase: needs the package 'maxmind', which is not installed: npm install maxmind",
      cause,
    });
  }
}
