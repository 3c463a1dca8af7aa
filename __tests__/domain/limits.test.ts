import fc from 'fast-check';
import { userLimit } from '../../lib/domain/limits';

const limit = fc.option(fc.integer({ min: 1, max: 1_000_000 }));

test.each([
  // requirement 23, where the sources disagree
  { user: 3, own: 5, stored: null, precedence: 'user', expected: 5 },
  { user: 3, own: 5, stored: null, precedence: 'strictest', expected: 3 },
  { user: 3, own: 1, stored: null, precedence: 'strictest', expected: 1 },
  { user: 3, own: null, stored: null, precedence: 'user', expected: 3 },
  { user: 3, own: 5, stored: 2, precedence: 'user', expected: 2 },
  { user: null, own: null, stored: 2, precedence: 'strictest', expected: 2 },
  { user: null, own: 4, stored: null, precedence: 'strictest', expected: 4 },
  { user: null, own: null, stored: null, precedence: 'user', expected: null },
] as const)(
  'a global limit of $user, an own one of $own and a stored one of $stored give $expected by $precedence',
  ({ user, own, stored, precedence, expected }) => {
    expect(userLimit({ user, own, precedence }, stored)).toBe(expected);
  },
);

test('A39 the strictest never allows more than the user’s own, and no precedence invents a limit', () => {
  fc.assert(
    fc.property(limit, limit, limit, (user, own, stored) => {
      const strictest = userLimit({ user, own, precedence: 'strictest' }, stored);
      const byUser = userLimit({ user, own, precedence: 'user' }, stored);
      expect(strictest ?? Infinity).toBeLessThanOrEqual(byUser ?? Infinity);
      for (const result of [strictest, byUser]) expect([user, own, stored]).toContain(result);
      expect(byUser).toBe(stored ?? own ?? user);
    }),
  );
});
