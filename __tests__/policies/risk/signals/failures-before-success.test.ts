import { failuresBeforeSuccess } from '../../../../lib/policies/risk/signals/failures-before-success';
import { facts, hour, seen } from '../../../fixtures/risk-facts';

test('mistyping twice is nothing; from the third failure on it grows, up to ten', () => {
  const strengths = [0, 2, 3, 6, 10, 99].map((failures) => failuresBeforeSuccess(facts({ failures }))?.strength);
  expect(strengths).toEqual([undefined, undefined, 0.125, 0.5, 1, 1]);
});

test('says how many they were', () => {
  expect(failuresBeforeSuccess(facts({ failures: 1_200 }))?.because).toBe(
    '1,200 failed logins of this account before this one',
  );
});

test('a renewal or use is no login, and a count that is none is nothing', () => {
  expect(failuresBeforeSuccess(facts({ failures: 9, before: seen(hour) }))).toBeUndefined();
  expect(failuresBeforeSuccess(facts({ failures: NaN }))).toBeUndefined();
});
