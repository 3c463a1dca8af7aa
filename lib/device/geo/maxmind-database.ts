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
 * says how to get it. Once closed it gives the file's memory back and knows no place, until a manager is given it again.
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
  return new MaxmindDatabase(path, interval);
}

class MaxmindDatabase implements GeoResolver {
  readonly #path: string;
  readonly #interval: number;
  #file: MmdbFile | undefined;
  #isClosed = false;

  constructor(path: string, interval: number) {
    this.#path = path;
    this.#interval = interval;
  }

  open(): void {
    this.#isClosed = false;
  }

  async resolve(ip: string): Promise<Location | null> {
    if (this.#isClosed) return null;
    this.#file ??= openFile(this.#path, this.#interval);
    return placeOfMmdb((await this.#file.get(ip)) as MmdbRecord | null);
  }

  close(): void {
    this.#isClosed = true;
    this.#file = undefined;
  }
}

function openFile(path: string, interval: number): MmdbFile {
  const { Reader } = loadMaxmind();
  return new MmdbFile(path, (bytes) => new Reader(bytes), interval);
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
