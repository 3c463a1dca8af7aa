import { dormantAccount } from '../../../../lib/policies/risk/signals/dormant-account';
import { day, facts, noon, seen } from '../../../fixtures/risk-facts';

test('an account that nobody used for months counts the more, the longer it slept', () => {
  const strength = (ago: number) => dormantAccount(facts({ signIns: [seen(ago), seen(900 * day)] }))?.strength;
  expect(strength(89 * day)).toBeUndefined();
  expect(strength(91 * day)).toBeCloseTo(0.62, 1);
  expect(strength(365 * day)).toBe(1);
});

test('says for how long', () => {
  expect(dormantAccount(facts({ signIns: [seen(180 * day)] }))?.because).toBe('Not used for 180 days');
});

test('any use of any session keeps it awake', () => {
  const signIns = [seen(180 * day)];
  expect(dormantAccount(facts({ signIns, others: [seen(day)] }))).toBeUndefined();
  expect(dormantAccount(facts({ signIns, before: seen(day) }))).toBeUndefined();
});

test('the first sign-in of all, and times that are none, are nothing', () => {
  expect(dormantAccount(facts({ signIns: [] }))).toBeUndefined();
  expect(dormantAccount(facts({ signIns: [seen(0, { at: NaN })] }))).toBeUndefined();
  expect(dormantAccount(facts({ signIns: [seen(0, { at: noon + day })] }))).toBeUndefined();
});
