import { minute, start } from '../../../lib/store/conformance/records';
import { newOneTime } from '../../../lib/store/conformance/limits';
import { retention } from '../../../lib/store/retention';
import { OneTimes } from '../../../lib/stores/memory/one-times';

let time = start;
const oneTimes = new OneTimes(3, () => time, retention);
const lasting = (minutes: number) => newOneTime('alice', { expiresAt: start + minutes * minute });

beforeEach(() => {
  time = start + 1_000 * minute;
  oneTimes.collect();
  time = start;
});

test('A7 a token is held a while longer than it opens anything, by how far that is and not by the clock', () => {
  const token = lasting(5);
  time = 7 * minute;
  expect(oneTimes.put(token, start)).toBe(true);
  time = 12 * minute + retention.expiredOneTimeMilliseconds - 1;
  expect(oneTimes.find(token.id)).toEqual(token);
  time = 12 * minute + retention.expiredOneTimeMilliseconds;
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

test('a use that is taken neither makes it older nor lets it live longer', () => {
  const tokens = Array.from({ length: 3 }, () => lasting(5));
  for (const token of tokens) oneTimes.put(token, start);
  time = start + 4 * minute;
  oneTimes.take(tokens[1]!, Buffer.alloc(8, 1));
  oneTimes.put(lasting(9), time);
  expect(tokens.map(({ id }) => oneTimes.find(id)?.uses)).toEqual([undefined, 0, 1]);
  time = start + 5 * minute + retention.expiredOneTimeMilliseconds;
  expect(tokens.map(({ id }) => oneTimes.find(id))).toEqual([undefined, undefined, undefined]);
});

test('a sweep drops those that nobody is told of any more', () => {
  const tokens = [lasting(1), lasting(2)];
  for (const token of tokens) oneTimes.put(token, start);
  time = start + minute + retention.expiredOneTimeMilliseconds;
  oneTimes.collect();
  expect(oneTimes.size).toBe(1);
  oneTimes.delete(tokens[1]!.id);
  expect(oneTimes.size).toBe(0);
});
