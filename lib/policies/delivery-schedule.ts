const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

// Of Standard Webhooks, "Retry schedule and exponential backoff": ten attempts within a little more than three days.
const pauses = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
];

// What failed together does not come again together.
const jitter = 0.2;

/**
 * How many milliseconds to wait before the next attempt at a delivery that has failed so often; null: given up. `random`: from 0 up to 1.
 */
export function pauseBeforeDelivery(failures: number, random: number): number | null {
  const pause = pauses[failures - 1];
  return pause === undefined ? null : Math.round(pause * (1 + jitter * random));
}
