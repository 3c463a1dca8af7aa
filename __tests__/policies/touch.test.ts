import { isConfirmationDue, isTouchDue, touchInterval } from '../../lib/policies/touch';
import { aRecord, aRotatedRecord, day, minute, signInAt } from '../fixtures/session-record';

test.each([
  ['a minute, where nothing slides', { idle: null }, 60_000],
  ['a minute, where the idle limit is long', { idle: 7 * day }, 60_000],
  ['a tenth of a short idle limit', { idle: 5 * minute }, 30_000],
  ['a minute for a short access window, which does not slide', { access: minute }, 60_000],
  ['a tenth of a short access window without refresh tokens', { access: minute, refresh: null }, 6_000],
  ['the least of both', { access: 5 * minute, refresh: null, idle: 2 * minute }, 12_000],
  ['a minute, where a tenth of each window is more', { access: day, refresh: null, idle: day }, 60_000],
])('the interval is %s', (_, windows, expected) => {
  expect(touchInterval(aRecord({ windows }))).toBe(expected);
});

test('a use is due to be recorded one interval after the last recorded one, and not before', () => {
  const record = aRecord();
  expect(isTouchDue(record, signInAt)).toBe(false);
  expect(isTouchDue(record, signInAt + 59_999)).toBe(false);
  expect(isTouchDue(record, signInAt + 60_000)).toBe(true);
  expect(isTouchDue(record, signInAt - 1)).toBe(false);
});

test('a confirmation is due while there is a parent and nobody has shown the successor', () => {
  expect(isConfirmationDue(aRecord())).toBe(false);
  expect(isConfirmationDue(aRotatedRecord())).toBe(true);
  expect(isConfirmationDue(aRotatedRecord({ credentials: { confirmedAt: signInAt } }))).toBe(false);
});
