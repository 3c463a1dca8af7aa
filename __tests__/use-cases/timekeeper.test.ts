import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../lib/domain/clock';
import type { SessionStore } from '../../lib/store/session-store';
import { Timekeeper } from '../../lib/use-cases/timekeeper';

jest.mock('node:timers/promises', () => ({ setTimeout: jest.fn() }));

const pauses = jest.mocked(pause);

interface Measured {
  at: number;
  error: number;
}

/** The time as a store measured it, and a timekeeper on that. */
function openAt(at: number, error = 3, clock?: Clock): { time: Timekeeper; measured: Measured } {
  const measured: Measured = { at, error };
  const store: Partial<SessionStore> = {
    deadlineMilliseconds: 500,
    now: () => measured.at,
    clockErrorMilliseconds: () => measured.error,
  };
  return { time: new Timekeeper(store as SessionStore, clock), measured };
}

beforeEach(() => pauses.mockReset());

test('the time is the store’s, known at once or after its first measurement', async () => {
  expect(openAt(1_000).time.at()).toBe(1_000);
  expect(openAt(1_000).time.errorMilliseconds()).toBe(3);
  const store: Partial<SessionStore> = { now: () => Promise.resolve(1_000) };
  await expect(new Timekeeper(store as SessionStore, undefined).at()).resolves.toBe(1_000);
});

test('a clock of the app’s own is exact', () => {
  const { time } = openAt(1_000, 3, () => 7);
  expect(time.at()).toBe(7);
  expect(time.errorMilliseconds()).toBe(0);
});

test('a write is stamped by the app’s clock, and given up by the store’s', async () => {
  expect(await openAt(1_000, 3, () => 7).time.stamp()).toEqual({
    attempt: expect.any(Buffer) as Buffer,
    at: 7,
    notAfter: 1_497, // less the clock's error
  });
  const { time } = openAt(1_000);
  const [one, other] = [await time.stamp(), await time.stamp()];
  expect(one).toMatchObject({ at: 1_000, notAfter: 1_497 });
  expect(one.attempt).toHaveLength(8);
  expect(one.attempt).not.toEqual(other.attempt);
  expect(await time.notAfter()).toBe(1_497);
});

test('to learn the time and to write share one deadline', async () => {
  const store: Partial<SessionStore> = {
    deadlineMilliseconds: 500,
    now: () => new Promise((resolve) => setTimeout(() => resolve(1_000), 30)),
    clockErrorMilliseconds: () => 3,
  };
  const time = new Timekeeper(store as SessionStore, undefined);
  for (const notAfter of [(await time.stamp()).notAfter, await time.notAfter()]) {
    expect(notAfter).toBeLessThanOrEqual(1_497 - 29);
    expect(notAfter).toBeGreaterThan(1_200);
  }
});

test('the latest that it can be is the time and what it may be off', async () => {
  expect(await openAt(1_000).time.latest()).toBe(1_003);
  expect(await openAt(1_000, 3, () => 7).time.latest()).toBe(7);
});

describe('now', () => {
  test('has certainly passed: the time less what it may be off', async () => {
    expect(await openAt(1_000).time.now()).toBe(997);
    expect(await openAt(1_000, 3, () => 7).time.now()).toBe(7);
  });

  test('does not run backwards where a later measurement is less sure', async () => {
    const { time, measured } = openAt(1_000);
    await time.now();
    Object.assign(measured, { at: 1_001, error: 20 });
    expect(await time.now()).toBe(997);
    Object.assign(measured, { at: 1_030 });
    expect(await time.now()).toBe(1_010);
  });

  test('B14 begins anew where the clock was set back', async () => {
    const { time, measured } = openAt(1_000);
    await time.now();
    Object.assign(measured, { at: 900 });
    expect(await time.now()).toBe(897);
  });
});

describe('waiting until an instant is the past', () => {
  test.each([
    [1_000, 4],
    [1_010, 14],
    [997, 1],
  ])('of %i takes %i milliseconds at 1,000 ± 3', async (instant, expected) => {
    const { time, measured } = openAt(1_000);
    pauses.mockImplementation(async (milliseconds) => void (measured.at += milliseconds!));
    await time.waitUntilPast(instant);
    expect(pauses.mock.calls).toEqual([[expected]]);
    expect(await time.now()).toBe(instant + 1);
  });

  test('goes on where a timer fired early or the measurement became less sure', async () => {
    const { time, measured } = openAt(1_000);
    pauses.mockImplementationOnce(async () => void Object.assign(measured, { at: 1_003, error: 5 }));
    pauses.mockImplementationOnce(async () => void Object.assign(measured, { at: 1_006 }));
    await time.waitUntilPast(1_000);
    expect(pauses.mock.calls).toEqual([[4], [3]]);
  });

  test('B14 takes no longer than an operation may, though the clock is set back meanwhile', async () => {
    const { time, measured } = openAt(1_000);
    pauses.mockImplementation(async () => void Object.assign(measured, { at: 10 }));
    await time.waitUntilPast(1_000);
    expect(pauses.mock.calls).toEqual([[4], [496]]);
  });

  test('takes none where it is', async () => {
    await openAt(1_000).time.waitUntilPast(996);
    expect(pauses).not.toHaveBeenCalled();
  });

  test('takes none on the app’s own clock, which moves by itself', async () => {
    await openAt(1_000, 3, () => 7).time.waitUntilPast(9_999);
    expect(pauses).not.toHaveBeenCalled();
  });
});
