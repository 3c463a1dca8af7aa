import { concurrentPlaces } from '../../../../lib/policies/risk/signals/concurrent-places';
import { day, facts, hour, minute, places, seen } from '../../../fixtures/risk-facts';

const now = { location: places.tokyo, deviceMark: 'another' };

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

test('the same device, a usual place and the same country each leave half of it', () => {
  const others = [seen(minute)];
  const same = { ...now, deviceMark: 'the-laptop' };
  expect(concurrentPlaces(facts({ now: same, others }))).toMatchObject({ strength: 0.5 });
  expect(concurrentPlaces(facts({ now, others, signIns: [seen(day, now)] }))).toMatchObject({ strength: 0.5 });
  const munich = { location: places.munich, deviceMark: 'another' };
  expect(concurrentPlaces(facts({ now: munich, others }))).toMatchObject({ strength: 0.5 });
});

test('of several the one with the least doubt is told', () => {
  const others = [seen(minute, { deviceMark: 'another' }), seen(minute, { location: places.amsterdam })];
  expect(concurrentPlaces(facts({ now, others }))?.because).toMatch(/Amsterdam/);
});
