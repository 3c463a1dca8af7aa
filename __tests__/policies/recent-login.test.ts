import fc from 'fast-check';
import { isRecentLogin } from '../../lib/policies/recent-login';
import { minute, signInAt } from '../fixtures/session-record';

test('a login is recent up to its time and not a millisecond longer', () => {
  expect(isRecentLogin(signInAt, 15 * minute, signInAt + 15 * minute)).toBe(true);
  expect(isRecentLogin(signInAt, 15 * minute, signInAt + 15 * minute + 1)).toBe(false);
});

test('a login that the clock has not reached yet, as after it was set back, is recent', () => {
  expect(isRecentLogin(signInAt, 1_000, signInAt - minute)).toBe(true);
});

test('once it is too old no later time makes it recent again, and no shorter wish', () => {
  const length = fc.integer({ min: 0, max: 400 * 24 * 60 * minute });
  fc.assert(
    fc.property(length, length, length, length, (within, age, later, less) => {
      if (isRecentLogin(signInAt, within, signInAt + age)) return;
      expect(isRecentLogin(signInAt, within, signInAt + age + later)).toBe(false);
      expect(isRecentLogin(signInAt, Math.max(0, within - less), signInAt + age)).toBe(false);
    }),
  );
});
