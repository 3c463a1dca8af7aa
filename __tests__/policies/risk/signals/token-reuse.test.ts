import { tokenReuse } from '../../../../lib/policies/risk/signals/token-reuse';
import { day, facts, hour, noon } from '../../../fixtures/risk-facts';

test('a spent token that was used lately counts, and fades within a month', () => {
  const strength = (ago: number) => tokenReuse(facts({ tokenReusedAt: noon - ago }))?.strength;
  expect(strength(hour)).toBe(1);
  expect(strength(3 * day)).toBe(0.5);
  expect(strength(20 * day)).toBe(0.25);
  expect(strength(31 * day)).toBeUndefined();
});

test('says how long ago it was; what is yet to come was just now', () => {
  expect(tokenReuse(facts({ tokenReusedAt: noon - 3 * day }))?.because).toBe(
    'A spent token of this user was used 3 days ago',
  );
  expect(tokenReuse(facts({ tokenReusedAt: noon + day }))?.because).toMatch(/ 0 s ago$/);
});

test('none in the history is nothing', () => {
  expect(tokenReuse(facts())).toBeUndefined();
});
