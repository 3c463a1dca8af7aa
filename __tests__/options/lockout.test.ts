import { readLockout } from '../../lib/options/lockout';
import { refusalOf } from '../fixtures/refusal-of';

test('delays begin after three failures, an account locks for 15 minutes after ten, and the store must answer', () => {
  const settings = {
    maxFailures: 10,
    maxFailuresPerPair: 5,
    maxFailuresPerAddress: 100,
    action: 'suspend',
    duration: 900_000,
    freeFailures: 3,
    longestDelay: 60_000,
    whenUnavailable: 'refuse',
  };
  expect(readLockout(undefined)).toEqual(settings);
  expect(readLockout({ maxFailures: undefined, duration: undefined, action: undefined })).toEqual(settings);
});

test.each([
  ['maxFailures', 1, 100],
  ['maxFailuresPerPair', 1, 100],
  ['maxFailuresPerAddress', 1, 10_000],
  ['freeFailures', 0, 100],
] as const)('A68 %s is a whole number from %d to %d', (name, least, most) => {
  expect(readLockout({ [name]: least })[name]).toBe(least);
  expect(readLockout({ [name]: most })[name]).toBe(most);
  for (const wrong of [least - 1, most + 1, 1.5, NaN, Infinity, -1, '5', null, [5], true]) {
    expect(refusalOf(() => readLockout({ [name]: wrong })).message).toContain(
      `lockout.${name}: expected a whole number from ${least} to ${most}, got `,
    );
  }
});

test.each([
  ['duration', '1s', 1_000, '999ms'],
  ['duration', '30d', 2_592_000_000, '31d'],
  ['longestDelay', '0s', 0, '2h'],
  ['longestDelay', '1h', 3_600_000, '3600001ms'],
] as const)('%s may be %s', (name, text, milliseconds, beyond) => {
  expect(readLockout({ [name]: text })[name]).toBe(milliseconds);
  expect(refusalOf(() => readLockout({ [name]: beyond })).message).toContain(`lockout.${name}: expected `);
  expect(refusalOf(() => readLockout({ [name]: 900 })).message).toContain("did you mean '900ms'");
});

test('a lock is a suspension or a block, and an outage refuses or counts in memory', () => {
  expect(readLockout({ action: 'block', whenUnavailable: 'memory' })).toMatchObject({
    action: 'block',
    whenUnavailable: 'memory',
  });
  expect(refusalOf(() => readLockout({ action: 'ban' })).message).toBe(
    "lockout.action: expected 'suspend' or 'block', got 'ban'",
  );
  expect(refusalOf(() => readLockout({ whenUnavailable: 'allow' })).message).toBe(
    "lockout.whenUnavailable: expected 'refuse' or 'memory', got 'allow'",
  );
});

test('an unknown name is refused with the one that was meant, and the settings are frozen', () => {
  expect(refusalOf(() => readLockout({ maxFailure: 3 })).message).toContain("did you mean 'maxFailures'?");
  expect(refusalOf(() => readLockout(5)).message).toContain('lockout: expected an object');
  expect(Object.isFrozen(readLockout({}))).toBe(true);
});
