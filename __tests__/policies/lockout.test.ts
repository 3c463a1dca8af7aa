import fc from 'fast-check';
import type { LockoutThresholds } from '../../lib/domain/lockout-thresholds';
import { judgeCounter, lockCounts, lockoutSchedules, mostFailures, retryAfter } from '../../lib/policies/lockout';

const second = 1_000;
const minute = 60 * second;

const defaults: LockoutThresholds = {
  maxFailures: 10,
  maxFailuresPerPair: 5,
  maxFailuresPerAddress: 100,
  action: 'suspend',
  duration: 15 * minute,
  freeFailures: 3,
  longestDelay: minute,
};

const anyThresholds: fc.Arbitrary<LockoutThresholds> = fc.record({
  maxFailures: fc.integer({ min: 1, max: 100 }),
  maxFailuresPerPair: fc.integer({ min: 1, max: 100 }),
  maxFailuresPerAddress: fc.integer({ min: 1, max: 10_000 }),
  action: fc.constantFrom('suspend', 'block'),
  duration: fc.oneof(fc.constant(second), fc.integer({ min: second, max: 30 * 86_400 * second })),
  freeFailures: fc.integer({ min: 0, max: 100 }),
  longestDelay: fc.integer({ min: 0, max: 3_600 * second }),
});

const holdOf = (holds: readonly number[], count: number): number => holds[Math.min(count, holds.length) - 1]!;

describe('the schedule of an account', () => {
  test('A68 lets three failures pass, then doubles the wait from a second to a minute, then suspends', () => {
    const { account } = lockoutSchedules(defaults);
    const waits = [0, 0, 0, 1, 2, 4, 8, 16, 32].map((seconds) => seconds * second);
    expect(account.slice(0, 10)).toEqual([...waits, 15 * minute]);
    expect(new Set(account.slice(9, -1))).toEqual(new Set([15 * minute]));
    expect(account.at(-1)).toBe(Infinity);
  });

  test('the longest wait is as configured, and none where that is nothing', () => {
    const slow = lockoutSchedules({ ...defaults, maxFailures: 20, longestDelay: 5 * second }).account;
    expect(slow.slice(3, 19)).toEqual([1, 2, 4, ...Array.from({ length: 13 }, () => 5)].map((one) => one * second));
    const none = lockoutSchedules({ ...defaults, longestDelay: 0 }).account;
    expect(none.slice(0, 9).every((hold) => hold === 0)).toBe(true);
  });

  test('blocks for good where that is the action', () => {
    const { account } = lockoutSchedules({ ...defaults, action: 'block' });
    expect(account).toHaveLength(10);
    expect(account.at(-1)).toBe(Infinity);
  });

  test('a suspension is no shorter than the delay before it', () => {
    const { account } = lockoutSchedules({ ...defaults, duration: second });
    expect(account.slice(8, 11)).toEqual([32 * second, 32 * second, 32 * second]);
  });

  test('a lock that comes before the free failures are used up comes first', () => {
    expect(lockoutSchedules({ ...defaults, maxFailures: 1, freeFailures: 100 }).account[0]).toBe(15 * minute);
  });

  test('a device that has signed in before has the same one for itself', () => {
    const { account, device } = lockoutSchedules(defaults);
    expect(device).toEqual(account);
  });
});

test('A69 a pair and an address are held from their last failure on, and not before', () => {
  const { pair, address } = lockoutSchedules({ ...defaults, maxFailuresPerAddress: 3 });
  expect(pair).toEqual([0, 0, 0, 0, 15 * minute]);
  expect(address).toEqual([0, 0, 15 * minute]);
  const once = lockoutSchedules({ ...defaults, maxFailuresPerPair: 1, maxFailuresPerAddress: 1 });
  expect([once.pair, once.address]).toEqual([[15 * minute], [15 * minute]]);
});

test('A68 the shares of an account make a hundred', () => {
  expect(Object.values(mostFailures).reduce((sum: number, share) => sum + share, 0)).toBe(100);
});

describe('under any settings', () => {
  test('A68 each counter ends for good with its share of the hundred', () => {
    fc.assert(
      fc.property(anyThresholds, (thresholds) => {
        const { account, knownDevices } = lockoutSchedules(thresholds);
        expect(account.indexOf(Infinity) + 1).toBeLessThanOrEqual(mostFailures.account);
        expect(account).toContain(Infinity);
        expect(account.indexOf(Infinity)).toBe(account.length - 1);
        expect(knownDevices.indexOf(Infinity) + 1).toBe(mostFailures.knownDevices);
      }),
    );
  });

  test('A68 a further failure never makes for a shorter wait', () => {
    fc.assert(
      fc.property(anyThresholds, fc.integer({ min: 1, max: 10_050 }), (thresholds, count) => {
        for (const holds of Object.values(lockoutSchedules(thresholds)) as (readonly number[])[]) {
          expect(holdOf(holds, count + 1)).toBeGreaterThanOrEqual(holdOf(holds, count));
        }
      }),
    );
  });

  test('A68 no more failures pass without a lock than are configured', () => {
    fc.assert(
      fc.property(anyThresholds, (thresholds) => {
        const { account, pair, address } = lockoutSchedules(thresholds);
        const { maxFailures, maxFailuresPerPair, maxFailuresPerAddress, duration, action } = thresholds;
        const lock = action === 'block' ? Infinity : duration;
        expect(holdOf(account, maxFailures)).toBeGreaterThanOrEqual(lock);
        expect(holdOf(pair, maxFailuresPerPair)).toBe(duration);
        expect(holdOf(address, maxFailuresPerAddress)).toBe(duration);
      }),
    );
  });

  // The counters of the store as their port describes them, and attempts from anywhere at any time.
  test('A68 at most a hundred attempts get through in a row, in whatever order and time they come', () => {
    const attempts = fc.array(
      fc.record({
        known: fc.boolean(),
        abandoned: fc.boolean(),
        wait: fc.constantFrom(0, second, minute, 31 * 86_400 * second),
      }),
      { minLength: 150, maxLength: 400 },
    );
    fc.assert(
      fc.property(anyThresholds, attempts, (thresholds, sequence) => {
        const { account, knownDevices } = lockoutSchedules(thresholds);
        const strangers = { count: 0, heldUntil: 0, holds: account };
        const known = { count: 0, heldUntil: 0, holds: knownDevices };
        let [at, admitted, abandoned] = [0, 0, 0];
        for (const attempt of sequence) {
          at += attempt.wait;
          const counter = attempt.known ? known : strangers;
          if (counter.heldUntil > at) continue;
          admitted++;
          if (attempt.abandoned && abandoned++ < mostFailures.abandoned) continue;
          counter.count++;
          counter.heldUntil = at + holdOf(counter.holds, counter.count);
        }
        expect(admitted).toBeLessThanOrEqual(100);
      }),
    );
  });
});

test('a counter is open, delayed, suspended or blocked', () => {
  const at = 1_000_000;
  expect(judgeCounter({ count: 0, heldUntil: 0 }, at, 10)).toBe('open');
  expect(judgeCounter({ count: 12, heldUntil: at }, at, 10)).toBe('open');
  expect(judgeCounter({ count: 9, heldUntil: at + 1 }, at, 10)).toBe('delayed');
  expect(judgeCounter({ count: 10, heldUntil: at + 1 }, at, 10)).toBe('suspended');
  expect(judgeCounter({ count: 3, heldUntil: Infinity }, at, 10)).toBe('blocked');
});

test('each counter locks at its configured failure, or at its share where that comes first', () => {
  expect(lockCounts(defaults)).toEqual({ account: 10, device: 10, knownDevices: 20, pair: 5, address: 100 });
  expect(lockCounts({ ...defaults, maxFailures: 100 })).toMatchObject({ account: 75, device: 75 });
});

test('A68 from the failure on which it locks, every counter holds', () => {
  fc.assert(
    fc.property(anyThresholds, (thresholds) => {
      const [schedules, locks] = [lockoutSchedules(thresholds), lockCounts(thresholds)];
      for (const kind of Object.keys(locks) as (keyof typeof locks)[]) {
        expect(holdOf(schedules[kind], locks[kind])).toBeGreaterThanOrEqual(second);
      }
    }),
  );
});

test('A55 who is refused is told in whole seconds when to come again; a block answers an hour', () => {
  expect(retryAfter(10_001, 10_000)).toBe(1);
  expect(retryAfter(11_000, 10_000)).toBe(1);
  expect(retryAfter(11_001, 10_000)).toBe(2);
  expect(retryAfter(10_000, 10_000)).toBe(1);
  expect(retryAfter(Infinity, 10_000)).toBe(3_600);
});
