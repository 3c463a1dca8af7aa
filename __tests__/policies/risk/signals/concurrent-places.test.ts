import { concurrentPlaces } from '../../../../lib/policies/risk/signals/concurrent-places';
import { day, devices, facts, hour, minute, places, seen } from '../../../fixtures/risk-facts';

// Keeps no device id and looks the same: neither known nor another one for certain.
const now = { location: places.tokyo, deviceMark: null };

test('another session that is in use far away is told with its place', () => {
  const found = concurrentPlaces(facts({ now, others: [seen(3 * minute)] }));
  expect(found).toEqual({
    strength: 1,
    because: 'Used in Tokyo, JP and, 3 min ago, Berlin, DE: 8,917 km apart',
  });
});

test('one that was used an hour ago, or nearby, is nothing', () => {
  expect(concurrentPlaces(facts({ now, others: [seen(hour)] }))).toBeUndefined();
  expect(concurrentPlaces(facts({ now: { location: places.potsdam }, others: [seen(minute)] }))).toBeUndefined();
});

test('a known device, another device there, a usual place and the same country each leave half of it', () => {
  const others = [seen(minute)];
  const strength = (given: Parameters<typeof facts>[0]) => concurrentPlaces(facts({ others, ...given }))?.strength;
  expect(strength({ now: { ...now, deviceMark: 'the-laptop' } })).toBe(0.5);
  expect(strength({ now: { ...now, deviceMark: 'a-phone' } })).toBe(0.5);
  const phone = [seen(minute, { deviceMark: 'the-phone', device: devices.iphone })];
  expect(strength({ now: { ...now, deviceMark: 'the-laptop' }, others: phone })).toBe(0.25);
  expect(strength({ now, signIns: [seen(day, now)] })).toBe(0.5);
  expect(strength({ now: { ...now, location: places.munich } })).toBe(0.5);
});

test('where no device id tells, another browser or system is another device', () => {
  const phone = seen(minute, { deviceMark: 'the-phone', device: devices.iphone });
  expect(concurrentPlaces(facts({ now, others: [phone] }))).toMatchObject({ strength: 0.5 });
  const unknown = { browser: null, browserVersion: null, os: null, osVersion: null, type: 'other' as const };
  const nobody = seen(minute, { deviceMark: null, device: unknown });
  expect(concurrentPlaces(facts({ now, others: [nobody] }))).toMatchObject({ strength: 1 });
});

test('an unknown caller in a session is none of the user’s other devices', () => {
  const others = [seen(minute, { deviceMark: 'the-phone', device: devices.iphone })];
  const before = seen(day);
  for (const deviceMark of [null, 'a-thief']) {
    const found = concurrentPlaces(facts({ before, others, now: { ...now, deviceMark } }));
    expect(found).toMatchObject({ strength: 1 });
  }
});

test('the sentence says that the device is known', () => {
  const others = [seen(minute, { deviceMark: 'the-phone', device: devices.iphone })];
  const found = concurrentPlaces(facts({ now: { location: places.amsterdam }, others }));
  expect(found?.because).toMatch(/km apart \(a known device: perhaps a VPN\)$/);
});

test('of several the one with the least doubt is told', () => {
  const others = [
    seen(minute, { device: devices.iphone }),
    seen(minute, { location: places.amsterdam, deviceMark: null }),
  ];
  expect(concurrentPlaces(facts({ now, others }))?.because).toMatch(/Amsterdam/);
});
