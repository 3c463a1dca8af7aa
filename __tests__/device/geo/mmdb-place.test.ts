import { placeOfMmdb } from '../../../lib/device/geo/mmdb-place';

const names = (en: string): { names: { en: string; de: string } } => ({ names: { en, de: `${en}-auf-Deutsch` } });

test('a record of cities as MaxMind nests them', () => {
  const record = {
    city: names('Munich'),
    subdivisions: [names('Bavaria'), names('Upper Bavaria')],
    country: { iso_code: 'DE', ...names('Germany') },
    location: { latitude: 48.1663, longitude: 11.5683, accuracy_radius: 20, time_zone: 'Europe/Berlin' },
  };
  expect(placeOfMmdb(record)).toEqual({
    city: 'Munich',
    region: 'Bavaria',
    country: 'DE',
    coordinates: { latitude: 48.1663, longitude: 11.5683, radius: 20 },
  });
});

test('a record of cities as flat files have them, whose radius nobody tells', () => {
  const record = {
    city: 'Lisbon',
    state1: 'Lisbon District',
    country_code: 'PT',
    latitude: 38.71,
    longitude: -9.14,
  };
  expect(placeOfMmdb(record)).toEqual({
    city: 'Lisbon',
    region: 'Lisbon District',
    country: 'PT',
    coordinates: { latitude: 38.71, longitude: -9.14, radius: 100 },
  });
});

test('a record of countries, nested and flat', () => {
  const place = { city: null, region: null, country: 'PT', coordinates: null };
  expect(placeOfMmdb({ country: { iso_code: 'PT' } })).toEqual(place);
  expect(placeOfMmdb({ country_code: 'PT' })).toEqual(place);
});

test('a record of something else tells of no place', () => {
  expect(placeOfMmdb({ autonomous_system_number: 3333 } as never)).toBeNull();
  expect(placeOfMmdb({ country_code: '', city: '' })).toBeNull();
  expect(placeOfMmdb(null)).toBeNull();
});
