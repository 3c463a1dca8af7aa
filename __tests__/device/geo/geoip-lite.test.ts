import { geoipLite } from '../../../lib/device/geo/geoip-lite';
import { placeOfGeoipLite } from '../../../lib/device/geo/geoip-lite-place';
import { SessionManager } from '../../../lib/session-manager';
import { MemoryStore } from '../../../lib/stores/memory/memory-store';

const resolver = geoipLite();
afterAll(() => resolver.close?.());

// Universities and a registry, which have had these networks for decades.
test.each([
  ['128.135.1.1', { country: 'US', region: 'IL', city: 'Chicago' }],
  ['18.9.22.69', { country: 'US', region: 'MA', city: 'Cambridge' }],
  ['130.89.148.12', { country: 'NL', region: 'OV', city: 'Enschede' }],
  ['193.0.6.139', { country: 'NL' }],
  ['133.11.0.1', { country: 'JP' }],
  ['2001:7c0::1', { country: 'DE' }],
  ['2001:630::1', { country: 'GB' }],
])(
  '%s is where it is',
  async (ip, place) => {
    expect(await resolver.resolve(ip)).toMatchObject(place);
  },
  60_000,
);

test('a place has coordinates, and how far off they may be in kilometres', async () => {
  const { latitude, longitude, radius } = (await resolver.resolve('128.135.1.1'))!.coordinates!;
  expect(latitude).toBeCloseTo(41.8, 0);
  expect(longitude).toBeCloseTo(-87.7, 0);
  expect(radius).toBeGreaterThan(0);
}, 60_000);

test.each(['203.0.113.9', 'no address', ''])(
  '%j is nowhere',
  async (ip) => {
    expect(await resolver.resolve(ip)).toBeNull();
  },
  60_000,
);

test('it serves several managers until the last of them is closed, and knows no place then until the next', async () => {
  const shared = geoipLite();
  const open = (): SessionManager =>
    new SessionManager({ store: new MemoryStore(), geo: { resolver: shared, deadline: '5s' } });
  const [first, second] = [open(), open()];
  expect(await shared.resolve('133.11.0.1')).toMatchObject({ country: 'JP' });
  await first.close();
  await first.close();
  const outcome = await second.create({ userId: 'alice', client: { ip: '133.11.0.1' } });
  expect(outcome).toMatchObject({ session: { location: { country: 'JP' } } });
  await second.close();
  expect(await shared.resolve('133.11.0.1')).toBeNull();
  const next = open();
  expect(await shared.resolve('133.11.0.1')).toMatchObject({ country: 'JP' });
  await next.close();
}, 60_000);

test('what was not used is closed all the same', async () => {
  await expect(geoipLite().close?.()).resolves.toBeUndefined();
});

test('an address that the database has without a place is nowhere', () => {
  expect(placeOfGeoipLite({ country: '', region: '', city: '', ll: [null, null], area: 0 })).toBeNull();
  expect(placeOfGeoipLite(null)).toBeNull();
  expect(placeOfGeoipLite({ country: 'PT' })).toEqual({
    city: null,
    region: null,
    country: 'PT',
    coordinates: null,
  });
});

test.each([
  [{ preload: 'yes' }, 'geoipLite.preload'],
  [{ prelaod: true }, "did you mean 'preload'"],
])('%j is refused', (options, problem) => {
  expect(() => geoipLite(options as never)).toThrow(problem);
});
