import { readLimits, singleSessionLimits } from '../../lib/options/limits';
import { readManagerOptions } from '../../lib/options/manager-options';
import { refusalOf } from '../fixtures/refusal-of';

test('A39 there is no limit unless one is set, and a limit refuses unless told to evict', () => {
  const { limit } = readManagerOptions({});
  expect(limit).toMatchObject({ max: null, application: null, precedence: 'user', evict: null });
  expect(limit).toMatchObject({ replaceSameDevice: true });
  expect(limit.applications).toEqual({});
  expect(limit.deviceTypes).toEqual({});
});

const wrong = [0, -1, 1.5, NaN, Infinity, -Infinity, 1_000_001, '3', null, true, [], 3n];

test.each(wrong)('a limit of %p is refused, wherever it stands', (value) => {
  const places: Record<string, unknown> = {
    'limit.max': { max: value },
    'limit.perApplication.web': { perApplication: { web: value } },
    'limit.perDeviceType.phone': { perDeviceType: { phone: value } },
  };
  for (const [option, limit] of Object.entries(places)) {
    expect(refusalOf(() => readManagerOptions({ limit })).message).toMatch(
      new RegExp(`^${option}: expected a whole number from 1 to 1,000,000, got `),
    );
  }
});

test('applications share one number or have one each', () => {
  expect(readLimits({ perApplication: 2 })).toMatchObject({ application: 2, applications: {} });
  expect(readLimits({ perApplication: { web: 1, ios: 2 } })).toMatchObject({
    application: null,
    applications: { web: 1, ios: 2 },
  });
});

test('C an application named __proto__ has its own limit and pollutes nothing', () => {
  const { applications } = readLimits({ perApplication: JSON.parse('{"__proto__":1}') as Record<string, number> });
  expect(Object.entries(applications)).toEqual([['__proto__', 1]]);
  expect(Object.getPrototypeOf({})).toBe(Object.prototype);
});

test('names that do not exist are refused with the one that was meant', () => {
  expect(refusalOf(() => readLimits({ maximum: 3 })).message).toContain('limit.maximum: unknown option');
  expect(refusalOf(() => readLimits({ onExceed: 'reject' })).message).toContain("did you mean 'onExceeded'?");
  expect(refusalOf(() => readLimits({ perDeviceType: { phones: 1 } })).message).toContain("did you mean 'phone'?");
  expect(refusalOf(() => readLimits({ precedence: 'global' })).message).toContain("'user' or 'strictest'");
  expect(refusalOf(() => readLimits({ onExceeded: 'oldest' })).message).toContain("'evict-oldest'");
  expect(refusalOf(() => readLimits({ forUser: 3 })).message).toContain('a function');
});

test('one word stands for a single session, alone', () => {
  expect(readManagerOptions({ singleSession: true }).limit).toBe(singleSessionLimits);
  expect(singleSessionLimits).toMatchObject({ max: 1, evict: 'oldest' });
  expect(readManagerOptions({ singleSession: false, limit: { max: 2 } }).limit.max).toBe(2);
  expect(refusalOf(() => readManagerOptions({ singleSession: true, limit: { max: 2 } })).message).toContain(
    'singleSession',
  );
});

test('the settings are frozen', () => {
  const settings = readLimits({ perApplication: { web: 1 } });
  expect([settings, settings.applications, settings.deviceTypes].every((part) => Object.isFrozen(part))).toBe(true);
});
