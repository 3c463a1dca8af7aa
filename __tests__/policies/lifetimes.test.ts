import fc from 'fast-check';
import type { Lifetimes } from '../../lib/domain/lifetimes';
import { shorten, windowsOf } from '../../lib/policies/lifetimes';
import { day, hour, minute } from '../fixtures/session-record';

const configured: Lifetimes = {
  accessToken: 15 * minute,
  refreshToken: hour,
  idle: 30 * minute,
  rememberedIdle: null,
  absolute: 90 * day,
  rememberMe: 30 * day,
};

/** As under a preset: the idle limit holds for remembered sessions too. */
const strict: Lifetimes = { ...configured, idle: hour, rememberedIdle: hour };

const grace = 10_000;

describe('the windows of a session', () => {
  test('are the lifetimes', () => {
    expect(windowsOf(configured, false, grace)).toEqual({
      access: 15 * minute,
      refresh: hour,
      idle: 30 * minute,
      grace,
    });
  });

  test('give rememberMe the place of refresh and idle where it is remembered', () => {
    expect(windowsOf(configured, true, grace)).toEqual({
      access: 15 * minute,
      refresh: 30 * day,
      idle: null,
      grace,
    });
  });

  test('keep the idle limit where remembered sessions have one, with and without refresh tokens', () => {
    expect(windowsOf(strict, true, grace)).toEqual({
      access: 15 * minute,
      refresh: 30 * day,
      idle: hour,
      grace,
    });
    const off = { ...strict, refreshToken: null };
    expect(windowsOf(off, true, grace)).toEqual({ access: 30 * day, refresh: null, idle: hour, grace });
  });

  test('let no access token outlive a short rememberMe', () => {
    const windows = windowsOf({ ...configured, rememberMe: minute }, true, grace);
    expect(windows).toMatchObject({ access: minute, refresh: minute });
  });

  test('without refresh tokens, slide the access token by rememberMe where it is remembered', () => {
    const off = { ...configured, refreshToken: null };
    expect(windowsOf(off, false, grace)).toEqual({
      access: 15 * minute,
      refresh: null,
      idle: 30 * minute,
      grace,
    });
    expect(windowsOf(off, true, grace)).toEqual({ access: 30 * day, refresh: null, idle: null, grace });
  });
});

function shortened(wanted: Parameters<typeof shorten>[1], from = configured, remember = false): Lifetimes {
  const outcome = shorten(from, wanted, remember);
  if (!('lifetimes' in outcome)) throw new Error(`lengthens ${outcome.lengthened}`);
  return outcome.lifetimes;
}

describe('one session', () => {
  test('keeps what it does not shorten', () => {
    expect(shortened({})).toEqual(configured);
    expect(shortened({ accessToken: minute })).toEqual({ ...configured, accessToken: minute });
  });

  test.each(['accessToken', 'refreshToken', 'idle', 'absolute'] as const)(
    'may have %s up to the configured one and no longer',
    (name) => {
      const limit = configured[name]!;
      expect(shortened({ [name]: limit })[name]).toBe(limit);
      expect(shortened({ [name]: limit - 1 })[name]).toBe(limit - 1);
      expect(shorten(configured, { [name]: limit + 1 }, false)).toEqual({ lengthened: name, limit });
    },
  );

  test('may do without refresh tokens, but not have them where they are off', () => {
    expect(shortened({ refreshToken: null }).refreshToken).toBeNull();
    expect(shorten({ ...configured, refreshToken: null }, { refreshToken: minute }, true)).toEqual({
      lengthened: 'refreshToken',
      limit: null,
    });
    for (const wanted of [{}, { refreshToken: null }]) {
      expect(shortened(wanted, { ...configured, refreshToken: null }).refreshToken).toBeNull();
    }
  });

  test('may have an idle limit where there is none', () => {
    expect(shortened({ idle: 90 * day }, { ...configured, idle: null }).idle).toBe(90 * day);
  });

  test('names the first member that lengthens', () => {
    expect(shorten(configured, { absolute: 91 * day, refreshToken: 2 * hour }, false)).toEqual({
      lengthened: 'refreshToken',
      limit: hour,
    });
  });

  test.each([
    ['absolute', { absolute: day }, day],
    ['refreshToken', { refreshToken: 5 * minute }, 5 * minute],
    ['idle', { idle: 5 * minute }, 5 * minute],
    ['accessToken where refresh tokens are off', { refreshToken: null, accessToken: minute }, minute],
  ])('is remembered no longer than its shorter %s', (_, wanted, expected) => {
    expect(shortened(wanted).rememberMe).toBe(expected);
  });

  test.each(['refreshToken', 'idle'] as const)(
    'that is remembered may have %s up to rememberMe, which stands in for it',
    (name) => {
      const limit = configured.rememberMe;
      expect(shortened({ [name]: limit - 1 }, configured, true).rememberMe).toBe(limit - 1);
      expect(shorten(configured, { [name]: limit + 1 }, true)).toEqual({ lengthened: name, limit });
    },
  );

  test.each([false, true])('under a preset may have idle up to the preset’s (remembered: %p)', (remember) => {
    expect(shorten(strict, { idle: hour + 1 }, remember)).toEqual({ lengthened: 'idle', limit: hour });
    expect(windowsOf(shortened({ idle: hour - 1 }, strict, remember), remember, grace).idle).toBe(hour - 1);
    expect(windowsOf(shortened({}, strict, remember), remember, grace).idle).toBe(hour);
  });

  test('under a preset is remembered as long with a shorter idle limit: that is one of its own', () => {
    expect(shortened({ idle: minute }, strict, true)).toEqual({ ...strict, idle: minute, rememberedIdle: minute });
  });

  test('is remembered as configured where only its access token is shorter', () => {
    expect(shortened({ accessToken: minute }).rememberMe).toBe(30 * day);
    expect(shortened({ refreshToken: null }).rememberMe).toBe(30 * day);
  });

  test('never lives longer in any window for having asked', () => {
    const length = fc.integer({ min: 1, max: 100 * day });
    const wishes = fc.record(
      { accessToken: length, refreshToken: fc.option(length), idle: length, absolute: length },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(wishes, fc.boolean(), fc.constantFrom(configured, strict), (wanted, remember, from) => {
        const outcome = shorten(from, wanted, remember);
        if ('lengthened' in outcome) return;
        const asked = windowsOf(outcome.lifetimes, remember, grace);
        const usual = windowsOf(from, remember, grace);
        const end = ({ access, refresh }: typeof asked): number => Math.max(access, refresh ?? 0);
        expect(end(asked)).toBeLessThanOrEqual(end(usual));
        expect(asked.idle ?? Infinity).toBeLessThanOrEqual(usual.idle ?? Infinity);
        expect(outcome.lifetimes.absolute).toBeLessThanOrEqual(from.absolute);
      }),
    );
  });
});
