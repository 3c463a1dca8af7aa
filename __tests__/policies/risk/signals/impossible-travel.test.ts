import { impossibleTravel } from '../../../../lib/policies/risk/signals/impossible-travel';
import { day, devices, facts, hour, minute, noon, places, seen } from '../../../fixtures/risk-facts';

// Keeps no device id and looks the same: neither known nor another one for certain.
const tokyo = { location: places.tokyo, deviceMark: null };

test('says from where to where, in what time, how far and how fast', () => {
  const found = impossibleTravel(facts({ now: tokyo, signIns: [seen(2 * hour)] }));
  expect(found).toEqual({ strength: 1, because: 'Berlin, DE to Tokyo, JP in 2 h: 8,917 km, 4,459 km/h' });
});

test('a flight with its airports is possible, an hour less is not', () => {
  expect(impossibleTravel(facts({ now: tokyo, signIns: [seen(11.5 * hour)] }))).toBeUndefined();
  expect(impossibleTravel(facts({ now: tokyo, signIns: [seen(10.5 * hour)] }))).toBeDefined();
});

test('a fast train is possible, half its time is not', () => {
  const munich = { location: places.munich, deviceMark: 'another' };
  expect(impossibleTravel(facts({ now: munich, signIns: [seen(2 * hour)] }))).toBeUndefined();
  expect(impossibleTravel(facts({ now: munich, signIns: [seen(hour)] }))).toBeDefined();
});

test('what databases do not know for certain is taken off the way', () => {
  const vague = {
    ...tokyo,
    location: { ...places.tokyo, coordinates: { ...places.tokyo.coordinates!, radius: 9_000 } },
  };
  expect(impossibleTravel(facts({ now: vague, signIns: [seen(minute)] }))).toBeUndefined();
  const now = { location: places.somewhereInGermany, deviceMark: 'another' };
  expect(impossibleTravel(facts({ now, signIns: [seen(minute, { location: places.munich })] }))).toBeUndefined();
});

test('a small distance is nothing, however little time there was', () => {
  expect(impossibleTravel(facts({ now: { location: places.potsdam }, signIns: [seen(0)] }))).toBeUndefined();
});

test('the same device, a usual place and the same country each leave half of it: VPNs and mobile gateways do that', () => {
  const before = seen(minute, { location: places.tokyo });
  const foreign = { location: places.amsterdam, deviceMark: 'another' };
  const strength = (given: Parameters<typeof facts>[0]) => impossibleTravel(facts({ before, ...given }))?.strength;
  expect(strength({ now: foreign })).toBe(1);
  expect(strength({ now: { ...foreign, deviceMark: 'the-laptop' } })).toBe(0.5);
  const signIns = [seen(9 * day, { location: places.amsterdam })];
  expect(strength({ signIns, now: foreign })).toBe(0.5);
  expect(strength({ signIns, now: { ...foreign, deviceMark: 'the-laptop' } })).toBe(0.25);
  const munich = { location: places.munich, deviceMark: 'another' };
  expect(impossibleTravel(facts({ before: seen(minute), now: munich }))?.strength).toBe(0.5);
});

test('from where another device of the user was, half of it is left again; within a session all of it', () => {
  const phone = { deviceMark: 'the-phone', device: devices.iphone };
  const strength = (given: Parameters<typeof facts>[0]) => impossibleTravel(facts(given))?.strength;
  const signIns = [seen(hour, phone), seen(9 * day)];
  expect(strength({ signIns, now: { location: places.tokyo } })).toBe(0.25);
  expect(strength({ signIns, now: { location: places.tokyo, deviceMark: 'a-thief' } })).toBe(0.5);
  const others = [seen(hour, phone)];
  expect(strength({ signIns: [seen(9 * day)], others, now: { location: places.tokyo } })).toBe(0.25);
  const before = seen(hour, phone);
  expect(strength({ before, now: { location: places.tokyo, deviceMark: 'a-thief' } })).toBe(1);
  expect(strength({ before, now: { location: places.tokyo } })).toBe(0.5);
});

test('the sentence names the harmless explanation, and no speed where there was no time', () => {
  const now = { location: places.amsterdam };
  expect(impossibleTravel(facts({ before: seen(20_000), now }))?.because).toBe(
    'Berlin, DE to Amsterdam, NL in 20 s: 576 km (the same device: perhaps a VPN)',
  );
});

test('the last sign-in with a place counts where the very last had none', () => {
  const signIns = [seen(minute, { location: null }), seen(hour)];
  expect(impossibleTravel(facts({ now: tokyo, signIns }))).toBeDefined();
});

test('another session tells where the user was, unless it is in use right now: that is another signal', () => {
  const signIns = [seen(9 * day)];
  expect(impossibleTravel(facts({ now: tokyo, signIns, others: [seen(hour)] }))).toBeDefined();
  expect(impossibleTravel(facts({ now: tokyo, signIns, others: [seen(minute)] }))).toBeUndefined();
});

test('the most impossible of several journeys is told', () => {
  const signIns = [seen(9 * day)];
  const others = [seen(10 * hour), seen(hour, { location: places.amsterdam }), seen(9 * hour)];
  expect(impossibleTravel(facts({ now: tokyo, signIns, others }))?.because).toMatch(/^Amsterdam/);
});

test('clocks that went back count as so much time', () => {
  const signIns = [seen(0, { at: noon + hour })];
  expect(impossibleTravel(facts({ now: tokyo, signIns }))?.because).toMatch(/ in 1 h: /);
});

test('a place without coordinates, or with senseless ones, is nothing', () => {
  const nowhere = { ...tokyo, location: { ...places.tokyo, coordinates: null } };
  expect(impossibleTravel(facts({ now: nowhere, signIns: [seen(minute)] }))).toBeUndefined();
  const coordinates = { latitude: NaN, longitude: 0, radius: 0 };
  const senseless = { ...tokyo, location: { ...places.tokyo, coordinates } };
  expect(impossibleTravel(facts({ now: senseless, signIns: [seen(minute)] }))).toBeUndefined();
});
