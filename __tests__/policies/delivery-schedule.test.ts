import { pauseBeforeDelivery } from '../../lib/policies/delivery-schedule';

const hour = 3_600_000;

test('ten attempts within three days and a quarter, each later than the one before', () => {
  const pauses = Array.from({ length: 9 }, (_, failures) => pauseBeforeDelivery(failures + 1, 0)!);
  expect(pauses.slice(0, 3)).toEqual([5_000, 300_000, 1_800_000]);
  expect(pauses.slice(3).map((pause) => pause / hour)).toEqual([2, 5, 10, 14, 20, 24]);
  expect(pauseBeforeDelivery(10, 0)).toBeNull();
});

test('what failed together is spread over a fifth of the pause', () => {
  expect(pauseBeforeDelivery(1, 0.5)).toBe(5_500);
  expect(pauseBeforeDelivery(9, 0.999_999)).toBeLessThanOrEqual(1.2 * 24 * hour);
});
