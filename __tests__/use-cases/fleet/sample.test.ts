import { Sample, samplingError } from '../../../lib/use-cases/fleet/sample';

test('keeps all of a row that fits', () => {
  const sample = new Sample<number>(5);
  for (let item = 0; item < 5; item++) sample.add(item);
  expect(sample.items).toEqual([0, 1, 2, 3, 4]);
});

test('of a longer row each has the same chance, wherever it stands', () => {
  const [size, length, rounds] = [10, 40, 4_000];
  const drawn = new Array<number>(length).fill(0);
  for (let round = 0; round < rounds; round++) {
    const sample = new Sample<number>(size);
    for (let item = 0; item < length; item++) sample.add(item);
    expect(new Set(sample.items).size).toBe(size);
    for (const item of sample.items) drawn[item]! += 1;
  }
  // 1,000 are expected of each, give or take 27: seven times that never happens.
  for (const times of drawn) expect(Math.abs(times - (rounds * size) / length)).toBeLessThan(200);
});

test('a sample of all has no error, and one of few has the textbook’s', () => {
  expect(samplingError(10_000, 10_000)).toBe(0);
  expect(samplingError(0, 0)).toBe(0);
  // 1.96 × √(0.25 / 10,000) of a million
  expect(samplingError(1_000_000, 10_000)).toBeGreaterThan(9_700);
  expect(samplingError(1_000_000, 10_000)).toBeLessThanOrEqual(9_800);
});

test('of samples as large as that no more than one in twenty is farther off than it says', () => {
  const [total, size, rounds] = [2_000, 200, 400];
  let off = 0;
  for (let round = 0; round < rounds; round++) {
    const sample = new Sample<number>(size);
    for (let item = 0; item < total; item++) sample.add(item);
    const half = (sample.items.filter((item) => item % 2 === 0).length * total) / size;
    if (Math.abs(half - total / 2) > samplingError(total, size)) off += 1;
  }
  // 20 are expected; four standard deviations more are hardly ever met.
  expect(off).toBeLessThan(40);
});
