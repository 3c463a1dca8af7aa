import { copyFile, mkdtemp, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { maxmindDatabase } from '../../../lib/device/geo/maxmind-database';
import type { GeoResolver } from '../../../lib/options/geo';
import { waitUntil } from '../../harness/wait-until';

const database = createRequire(__filename).resolve(
  '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb',
);
/** The same source, IPv6 alone: it knows no IPv4 address, which tells the two files apart. */
const other = database.replace('country.mmdb', 'country-ipv6.mmdb');
const asked = '133.11.0.1';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sessionkeeper-mmdb-'));
  path = join(folder, 'places.mmdb');
});
afterEach(() => rm(folder, { recursive: true }));

const openHere = (): GeoResolver => maxmindDatabase({ path, checkEvery: '1ms' });

async function countryIn(resolver: GeoResolver): Promise<string | null | undefined> {
  return (await resolver.resolve(asked))?.country;
}

test.each([
  ['18.9.22.69', 'US'],
  ['193.0.6.139', 'NL'],
  [asked, 'JP'],
  ['141.20.1.1', 'DE'],
  ['2001:4860:4860::8888', 'US'],
  ['2001:630::1', 'GB'],
])('%s is in %s, by a real file of countries', async (ip, country) => {
  const place = await maxmindDatabase({ path: database }).resolve(ip);
  expect(place).toEqual({ city: null, region: null, country, coordinates: null });
});

test('an address that the file does not have is nowhere', async () => {
  expect(await maxmindDatabase({ path: database }).resolve('240.0.0.1')).toBeNull();
});

describe('a file that changes', () => {
  test('is read again where another is put in its place', async () => {
    await copyFile(database, path);
    const resolver = openHere();
    expect(await countryIn(resolver)).toBe('JP');
    await copyFile(other, `${path}.new`);
    await rename(`${path}.new`, path);
    await waitUntil('the new file serves', async () => (await countryIn(resolver)) === undefined);
  });

  test('is read again where it is written over', async () => {
    await copyFile(other, path);
    const resolver = openHere();
    expect(await countryIn(resolver)).toBeUndefined();
    await copyFile(database, path);
    await waitUntil('the new contents serve', async () => (await countryIn(resolver)) === 'JP');
  });

  test('serves as it was while it is gone, and is read again when it is back', async () => {
    await copyFile(database, path);
    const resolver = openHere();
    expect(await countryIn(resolver)).toBe('JP');
    await rm(path);
    for (let count = 0; count < 20; count++) expect(await countryIn(resolver)).toBe('JP');
    await copyFile(other, path);
    await waitUntil('the new file serves', async () => (await countryIn(resolver)) === undefined);
  });

  test('serves as it was while it is half written, tells of it once, and is read when it is whole', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    await copyFile(database, path);
    const resolver = openHere();
    expect(await countryIn(resolver)).toBe('JP');
    await truncate(path, 4_000_000);
    const isTold = async (): Promise<boolean> => {
      expect(await countryIn(resolver)).toBe('JP');
      return warn.mock.calls.length > 0;
    };
    await waitUntil('it is told', isTold);
    for (let count = 0; count < 20; count++) {
      expect(await countryIn(resolver)).toBe('JP');
      // As long as another look at it takes.
      await readFile(path);
    }
    expect(warn.mock.calls).toEqual([[expect.stringContaining(path), expect.anything()]]);
    await copyFile(other, path);
    await waitUntil('the new file serves', async () => (await countryIn(resolver)) === undefined);
    warn.mockRestore();
  });
});

test('a file that is not there yet is found when it is', async () => {
  const resolver = openHere();
  await expect(resolver.resolve(asked)).rejects.toThrow('ENOENT');
  await copyFile(database, path);
  const isFound = async (): Promise<boolean> => (await countryIn(resolver).catch(() => null)) === 'JP';
  await waitUntil('it is found', isFound);
});

test('once closed it knows no place, until it is opened again', async () => {
  const resolver = maxmindDatabase({ path: database });
  expect(await countryIn(resolver)).toBe('JP');
  await resolver.close?.();
  expect(await resolver.resolve(asked)).toBeNull();
  await resolver.open?.();
  expect(await countryIn(resolver)).toBe('JP');
});

test('what is no such file is not read at every lookup', async () => {
  await writeFile(path, 'no database');
  const resolver = maxmindDatabase({ path, checkEvery: '1d' });
  await expect(resolver.resolve(asked)).rejects.toThrow();
  await copyFile(database, path);
  await expect(resolver.resolve(asked)).rejects.toThrow();
});

test.each([
  [{}, 'maxmindDatabase.path'],
  [undefined, 'maxmindDatabase.path'],
  [{ path: '' }, 'maxmindDatabase.path'],
  [{ path: 'x.mmdb', checkEvery: 10 }, 'maxmindDatabase.checkEvery'],
  [{ path: 'x.mmdb', checkEvery: '0s' }, 'maxmindDatabase.checkEvery'],
  [{ path: 'x.mmdb', checkEvery: '2d' }, 'maxmindDatabase.checkEvery'],
  [{ file: 'x.mmdb' }, 'maxmindDatabase.file'],
])('%j is refused', (options, problem) => {
  expect(() => maxmindDatabase(options as never)).toThrow(problem);
});
