import { readPlace } from '../../lib/device/given-place';

const nothing = { city: null, region: null, country: null, coordinates: null };
const point = { latitude: 38.72, longitude: -9.14, radius: 20 };

test('A58 a place is kept as far as it is one: cleaned, bounded, its country two letters', () => {
  const lisbon = readPlace({ city: ' Lisbon\u001b[31m ', country: 'pt' });
  expect(lisbon).toEqual({ ...nothing, city: 'Lisbon[31m', country: 'PT' });
  expect(readPlace({ region: 'x'.repeat(500), country: 'PRT' })).toEqual({ ...nothing, region: 'x'.repeat(64) });
});

test.each([
  {},
  { country: 'XX1' },
  { city: '\u0000', country: 7 },
  { city: { name: 'Lisbon' } },
  { coordinates: {} },
])('%j is none', (told) => {
  expect(readPlace(told as never)).toBeNull();
});

test('coordinates are rounded to a hundredth of a degree, and never to less than nothing', () => {
  const coordinates = { latitude: 38.716_61, longitude: -0.004, radius: 12.5 };
  const place = readPlace({ coordinates })!;
  expect(place).toEqual({ ...nothing, coordinates: { latitude: 38.72, longitude: 0, radius: 13 } });
  expect(Object.is(place.coordinates!.longitude, 0)).toBe(true);
});

test.each([
  { latitude: 90.01 },
  { latitude: -91 },
  { longitude: 180.5 },
  { longitude: -181 },
  { radius: -1 },
  { radius: 40_000 },
  { latitude: NaN },
  { longitude: Infinity },
  { radius: undefined },
  { latitude: '38.72' },
  { longitude: null },
])('coordinates with %j are none, and the rest of the place stands', (wrong) => {
  const told = { country: 'PT', coordinates: { ...point, ...wrong } };
  expect(readPlace(told as never)).toEqual({ ...nothing, country: 'PT' });
});

test.each([null, 'here', 7, []])('coordinates that are %j are none', (coordinates) => {
  expect(readPlace({ country: 'PT', coordinates } as never)).toEqual({ ...nothing, country: 'PT' });
});
