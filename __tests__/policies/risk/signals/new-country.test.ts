import { newCountry } from '../../../../lib/policies/risk/signals/new-country';
import { day, facts, hour, places, seen } from '../../../fixtures/risk-facts';

test('a country in which the user was seen before is nothing', () => {
  expect(newCountry(facts({ now: { location: places.munich } }))).toBeUndefined();
});

test('a country in which the user was never seen is named with those before', () => {
  const found = newCountry(facts({ now: { location: places.tokyo } }));
  expect(found).toEqual({ strength: 1, because: 'The first time in JP; so far in DE' });
});

test('sessions that are alive and the session itself tell of countries too', () => {
  const now = { location: places.tokyo };
  expect(newCountry(facts({ now, others: [seen(day, now)] }))).toBeUndefined();
  expect(newCountry(facts({ now, before: seen(hour, now) }))).toBeUndefined();
});

test('one who is seen in many countries travels: the next counts less', () => {
  const countries = ['AT', 'BE', 'CH', 'DK', 'ES', 'FR'];
  const signIns = countries.map((country) => seen(day, { location: { ...places.berlin, country } }));
  const found = newCountry(facts({ signIns, now: { location: places.tokyo } }));
  expect(found?.strength).toBeCloseTo(4 / 9);
  expect(found?.because).toBe('The first time in JP; so far in AT, BE, CH, DK, ES and 1 more');
});

test('a place that is not known, now or before, is nothing', () => {
  expect(newCountry(facts({ now: { location: null } }))).toBeUndefined();
  expect(newCountry(facts({ now: { location: { ...places.tokyo, country: null } } }))).toBeUndefined();
  const signIns = [seen(day, { location: null })];
  expect(newCountry(facts({ signIns, now: { location: places.tokyo } }))).toBeUndefined();
  expect(newCountry(facts({ signIns: [], now: { location: places.tokyo } }))).toBeUndefined();
});
