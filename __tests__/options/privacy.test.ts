import { readPrivacy } from '../../lib/options/privacy';

test('everything is kept unless told otherwise', () => {
  expect(readPrivacy(undefined)).toEqual({ ip: 'full', userAgent: 'full' });
  expect(readPrivacy({ ip: 'truncated' })).toEqual({ ip: 'truncated', userAgent: 'full' });
  expect(Object.isFrozen(readPrivacy({ userAgent: 'none' }))).toBe(true);
});

test.each([
  [{ ip: 'short' }, "privacy.ip: expected 'full' or 'truncated' or 'none', got 'short'"],
  [{ ip: false }, "privacy.ip: expected 'full' or 'truncated' or 'none', got false"],
  [{ userAgent: 'truncated' }, "privacy.userAgent: expected 'full' or 'none', got 'truncated'"],
  [{ userAgents: 'none' }, "privacy.userAgents: unknown option; did you mean 'userAgent'?"],
  ['none', "privacy: expected an object, got 'none'"],
])('%j is refused with the fix', (input, message) => {
  expect(() => readPrivacy(input)).toThrow(message);
});
