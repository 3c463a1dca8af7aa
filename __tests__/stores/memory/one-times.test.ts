import { minute, start } from '../../../lib/store/conformance/records';
import { newOneTime } from '../../../lib/store/conformance/limits';
import { OneTimes } from '../../../lib/stores/memory/one-times';

let time = start;
const oneTimes = new OneTimes(3, () => time);
const lasting = (minutes: number) => newOneTime('alice', { expiresAt: start + minutes * minute });

beforeEach(() => {
  time = start + 1_000 * minute;
  oneTimes.collect();
  time = start;
});

test('A7 a token is held until it expires, by how far that is and not by the clock', () => {
  const token = lasting(5);
  time = 7 * minute;
  expect(oneTimes.put(token, start)).toBe(true);
  time = 12 * minute - 1;
  expect(oneTimes.find(token.id)).toEqual(token);
  time = 12 * minute;
  expect(oneTimes.find(token.id)).toBeUndefined();
  expect(oneTimes.size).toBe(0);
});

test('a token that is there already is not put again', () => {
  const token = lasting(5);
  oneTimes.put(token, start);
  expect(oneTimes.put({ ...token, payload: '0' }, start)).toBe(false);
  expect(oneTimes.find(token.id)).toEqual(token);
});

test('of too many, the oldest is forgotten', () => {
  const tokens = Array.from({ length: 4 }, () => lasting(5));
  for (const token of tokens) oneTimes.put(token, start);
  expect(tokens.map(({ id }) => oneTimes.find(id) !== undefined)).toEqual([false, true, true, true]);
});

test('a sweep drops those that have expired', () => {
  const tokens = [lasting(1), lasting(2)];
  for (const token of tokens) oneTimes.put(token, start);
  time = start + minute;
  oneTimes.collect();
  expect(oneTimes.size).toBe(1);
  oneTimes.delete(tokens[1]!.id);
  expect(oneTimes.size).toBe(0);
});
