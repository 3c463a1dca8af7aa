import { readRotation } from '../../lib/options/rotation';
import { refusalOf } from '../fixtures/refusal-of';

test('grace is ten seconds unless it is set', () => {
  expect(readRotation(undefined)).toEqual({ grace: 10_000 });
  expect(readRotation({ grace: undefined })).toEqual({ grace: 10_000 });
});

test('A26 grace runs from nothing to a minute and not a millisecond further', () => {
  expect(readRotation({ grace: '0s' }).grace).toBe(0);
  expect(readRotation({ grace: '60s' }).grace).toBe(60_000);
  expect(refusalOf(() => readRotation({ grace: '60001ms' })).message).toBe(
    "rotation.grace: expected at most 60s, got '60001ms'",
  );
});

test('a bare number is refused with the fix, an unknown name with the one that was meant', () => {
  expect(refusalOf(() => readRotation({ grace: 10 })).message).toContain("got 10 (did you mean '10ms', '10s'");
  expect(refusalOf(() => readRotation({ gracePeriod: '10s' })).message).toContain('rotation.gracePeriod: unknown');
});

test('the settings are frozen', () => {
  expect(Object.isFrozen(readRotation({}))).toBe(true);
});
