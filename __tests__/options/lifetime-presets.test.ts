import fc from 'fast-check';
import { type LifetimePreset, presetLimits } from '../../lib/options/lifetime-presets';
import { readLifetimes } from '../../lib/options/lifetimes';
import { refusalOf } from '../fixtures/refusal-of';
import { day, hour, minute } from '../fixtures/session-record';

const messageFor = (input: unknown): string => {
  const error = refusalOf(() => readLifetimes(input));
  expect(error.code).toBe('options_invalid');
  return error.message;
};

test.each([
  [
    'nist-aal1',
    { absolute: 30 * day, idle: null, rememberedIdle: null, refreshToken: 30 * day, rememberMe: 30 * day },
  ],
  ['nist-aal2', { absolute: day, idle: hour, rememberedIdle: hour, refreshToken: day, rememberMe: day }],
  [
    'nist-aal3',
    {
      absolute: 12 * hour,
      idle: 15 * minute,
      rememberedIdle: 15 * minute,
      refreshToken: 12 * hour,
      rememberMe: 12 * hour,
    },
  ],
])('A19 %s sets the limits of NIST SP 800-63B-4, by its name alone or beside other values', (preset, expected) => {
  expect(readLifetimes(preset)).toEqual({ accessToken: 15 * minute, ...expected });
  expect(readLifetimes({ preset })).toEqual(readLifetimes(preset));
  expect(readLifetimes({ preset, accessToken: '5m' })).toEqual({ ...expected, accessToken: 5 * minute });
  expect(Object.isFrozen(readLifetimes(preset))).toBe(true);
});

describe('under a preset', () => {
  const preset = 'nist-aal2';

  test('stricter values hold, and what follows from them follows', () => {
    expect(readLifetimes({ preset, idle: '10m', absolute: '8h' })).toEqual({
      accessToken: 10 * minute,
      refreshToken: 8 * hour,
      idle: 10 * minute,
      rememberedIdle: 10 * minute,
      absolute: 8 * hour,
      rememberMe: 8 * hour,
    });
    expect(readLifetimes({ preset: 'nist-aal1', absolute: '10m' })).toMatchObject({ accessToken: 10 * minute });
  });

  test('a first idle limit holds for remembered sessions too', () => {
    expect(readLifetimes({ preset: 'nist-aal1', idle: '7d' })).toMatchObject({
      idle: 7 * day,
      rememberedIdle: 7 * day,
    });
  });

  test('refresh tokens may be shorter, or off', () => {
    expect(readLifetimes({ preset, refreshToken: '2h' }).refreshToken).toBe(2 * hour);
    expect(readLifetimes({ preset, refreshToken: false }).refreshToken).toBeNull();
  });

  test.each([
    ['absolute', '86400001ms', "at most 1d, the limit of lifetimes.preset 'nist-aal2'"],
    ['idle', '3600001ms', "at most 1h, the limit of lifetimes.preset 'nist-aal2'"],
    ['accessToken', '3600001ms', 'at most lifetimes.idle (1h)'],
    ['refreshToken', '86400001ms', 'at most lifetimes.absolute (1d)'],
    ['rememberMe', '86400001ms', 'at most lifetimes.absolute (1d)'],
  ])('%s is refused a millisecond beyond, with the fix', (name, beyond, expected) => {
    const longest = `${Number.parseInt(beyond) - 1}ms`;
    expect(readLifetimes({ preset, [name]: longest })).toHaveProperty(name, Number.parseInt(longest));
    expect(messageFor({ preset, [name]: beyond })).toBe(`lifetimes.${name}: expected ${expected}, got '${beyond}'`);
  });

  test('an access token is measured against the shorter of idle and absolute', () => {
    expect(messageFor({ preset, absolute: '30m', accessToken: '31m' })).toContain(
      'at most lifetimes.absolute (30m)',
    );
    expect(messageFor({ preset: 'nist-aal1', absolute: '1h', accessToken: '2h' })).toContain(
      'at most lifetimes.absolute (1h)',
    );
  });

  test('the ranges of each value still hold', () => {
    expect(messageFor({ preset, idle: '59s' })).toBe("lifetimes.idle: expected at least 1 minute, got '59s'");
    expect(messageFor({ preset, absolute: 900 })).toContain("expected a duration such as '15m', got 900");
  });

  test('nothing that is accepted is laxer than the preset', () => {
    const lengths = fc.integer({ min: minute, max: 31 * day }).map((milliseconds) => `${milliseconds}ms`);
    const wishes = fc.record(
      { accessToken: lengths, refreshToken: lengths, idle: lengths, absolute: lengths, rememberMe: lengths },
      { requiredKeys: [] },
    );
    const names = fc.constantFrom(...(Object.keys(presetLimits) as LifetimePreset[]));
    fc.assert(
      fc.property(names, wishes, (name, wanted) => {
        let lifetimes;
        try {
          lifetimes = readLifetimes({ preset: name, ...wanted });
        } catch {
          return;
        }
        const { absolute, idle } = presetLimits[name];
        expect(lifetimes.absolute).toBeLessThanOrEqual(absolute);
        for (const limit of [lifetimes.idle, lifetimes.rememberedIdle]) {
          expect(limit ?? Infinity).toBeLessThanOrEqual(idle ?? Infinity);
        }
        expect(Math.max(lifetimes.refreshToken!, lifetimes.rememberMe)).toBeLessThanOrEqual(lifetimes.absolute);
        expect(lifetimes.accessToken).toBeLessThanOrEqual(Math.min(lifetimes.idle ?? Infinity, lifetimes.absolute));
      }),
    );
  });
});

test.each(['nist', 'NIST-AAL1', 'toString', '', 2, null, false, {}])(
  'a preset of %p is refused, with those there are',
  (preset) => {
    expect(messageFor({ preset })).toContain(
      "lifetimes.preset: expected 'nist-aal1', 'nist-aal2' or 'nist-aal3', got",
    );
    if (typeof preset === 'string') expect(messageFor(preset)).toBe(messageFor({ preset }));
  },
);

test('a misspelt name beside a preset is refused with the one that was meant', () => {
  expect(messageFor({ prest: 'nist-aal1' })).toBe("lifetimes.prest: unknown option; did you mean 'preset'?");
});
