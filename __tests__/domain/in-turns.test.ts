import { setImmediate as nextTurn } from 'node:timers/promises';
import { inTurns } from '../../lib/domain/in-turns';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

test('gives what the work gives, in the order of the items', async () => {
  expect(await inTurns([], String)).toEqual([]);
  expect(await inTurns([3, 1, 2], (number) => number * 2)).toEqual([6, 2, 4]);
  expect(await inTurns(numbers(1_234), (number) => number)).toEqual(numbers(1_234));
});

test('others get their turn after each hundred', async () => {
  let done = 0;
  const all = inTurns(numbers(1_000), () => done++);
  const seen: number[] = [];
  while (done < 1_000) {
    seen.push(done);
    await nextTurn();
  }
  await all;
  expect(seen.length).toBeGreaterThanOrEqual(9);
  expect(seen.every((count, turn) => turn === 0 || count - seen[turn - 1]! <= 100)).toBe(true);
});

test('what the work throws, the caller is thrown', async () => {
  const work = (number: number): number => {
    if (number === 150) throw new RangeError('enough');
    return number;
  };
  await expect(inTurns(numbers(200), work)).rejects.toThrow(new RangeError('enough'));
});
