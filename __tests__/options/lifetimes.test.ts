import fc from 'fast-check';
import { readLifetimes } from '../../lib/options/lifetimes';
import { refusalOf } from '../fixtures/refusal-of';
import { day, minute } from '../fixtures/session-record';

const messageFor = (input: unknown): string => {
  const error = refusalOf(() => readLifetimes(input));
  expect(error.code).toBe('options_invalid');
  return error.message;
};

test('the defaults', () => {
  const defaults = {
    accessToken: 15 * minute,
    refreshToken: 22.5 * minute,
    idle: null,
    rememberedIdle: null,
    absolute: 90 * day,
    rememberMe: 30 * day,
  };
  expect(readLifetimes(undefined)).toEqual(defaults);
  expect(readLifetimes({})).toEqual(defaults);
  expect(readLifetimes({ accessToken: undefined })).toEqual(defaults);
});

test('refreshToken follows accessToken at one and a half times, in whole milliseconds, unless it is set', () => {
  expect(readLifetimes({ accessToken: '10m' }).refreshToken).toBe(15 * minute);
  expect(readLifetimes({ accessToken: '10m', refreshToken: '30d' }).refreshToken).toBe(30 * day);
  expect(readLifetimes({ accessToken: '60001ms' }).refreshToken).toBe(90_002);
});

test('refreshToken: false turns refresh tokens off', () => {
  expect(readLifetimes({ refreshToken: false }).refreshToken).toBeNull();
});

test.each([
  ['accessToken', '1m', '129600m', '1 to 129,600 minutes'],
  ['refreshToken', '1m', '525600m', '1 to 525,600 minutes, or false'],
  ['idle', '1m', '400d', 'at least 1 minute'],
  ['absolute', '1m', '400d', '1 minute to 400 days'],
])('%s runs from %s to %s and not a millisecond further', (name, min, max, words) => {
  expect(readLifetimes({ accessToken: '1m', [name]: min })).toMatchObject({ [name]: minute });
  expect(readLifetimes({ [name]: max })).toHaveProperty(name);
  const beyond =
    name === 'idle' || name === 'absolute' ? '34560000001ms' : `${Number.parseInt(max) * minute + 1}ms`;
  expect(messageFor({ [name]: '59999ms' })).toBe(`lifetimes.${name}: expected ${words}, got '59999ms'`);
  expect(messageFor({ [name]: beyond })).toBe(`lifetimes.${name}: expected ${words}, got '${beyond}'`);
});

describe('rememberMe', () => {
  test('runs from a minute up to absolute', () => {
    expect(readLifetimes({ rememberMe: '1m' }).rememberMe).toBe(minute);
    expect(readLifetimes({ rememberMe: '90d' }).rememberMe).toBe(90 * day);
    expect(messageFor({ rememberMe: '59s' })).toContain(
      'lifetimes.rememberMe: expected 1 minute to lifetimes.absolute',
    );
  });

  test('as a default is cut to absolute, as a wish is refused beyond it', () => {
    expect(readLifetimes({ absolute: '7d' }).rememberMe).toBe(7 * day);
    expect(messageFor({ absolute: '7d', rememberMe: '8d' })).toBe(
      "lifetimes.rememberMe: expected at most lifetimes.absolute (7d), got '8d'",
    );
  });
});

test.each(['accessToken', 'refreshToken', 'idle', 'absolute', 'rememberMe'])(
  '%s as a bare number is refused with the fix',
  (name) => {
    expect(messageFor({ [name]: 900 })).toBe(
      `lifetimes.${name}: expected a duration such as '15m', got 900 (did you mean '900ms', '900s' or '900m'?)`,
    );
  },
);

test.each(['accessToken', 'idle', 'absolute', 'rememberMe'])('%s cannot be turned off', (name) => {
  expect(messageFor({ [name]: false })).toBe(`lifetimes.${name}: expected a duration such as '15m', got false`);
  expect(messageFor({ [name]: null })).toContain('got null');
});

test('an unknown name is refused with the one that was meant', () => {
  expect(messageFor({ acessToken: '15m' })).toBe(
    "lifetimes.acessToken: unknown option; did you mean 'accessToken'?",
  );
});

test('the settings are frozen', () => {
  expect(Object.isFrozen(readLifetimes({}))).toBe(true);
});

test('whatever is accepted is whole milliseconds within the ranges', () => {
  const lengths = fc.integer({ min: minute, max: 90 * day }).map((milliseconds) => `${milliseconds}ms`);
  fc.assert(
    fc.property(lengths, lengths, lengths, (accessToken, idle, absolute) => {
      const settings = readLifetimes({ accessToken, idle, absolute });
      const { rememberedIdle, ...set } = settings;
      expect(rememberedIdle).toBeNull();
      expect(Object.values(set).every((value) => Number.isSafeInteger(value))).toBe(true);
      expect(settings.rememberMe).toBeLessThanOrEqual(settings.absolute);
    }),
  );
});
