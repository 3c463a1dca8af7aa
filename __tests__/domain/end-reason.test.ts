import { endReasons, isEndReason } from '../../lib/domain/end-reason';

test('every reason of our own is one', () => {
  expect(endReasons.filter((reason) => !isEndReason(reason))).toEqual([]);
});

test.each(['risk', 'a', 'admin_2', `a${'b'.repeat(31)}`])('%j is a reason', (reason) => {
  expect(isEndReason(reason)).toBe(true);
});

test.each([
  ...['', 'Risk', '2nd', '_risk', 'by admin', 'risk\n', 'a-b', `a${'b'.repeat(32)}`, 'é', '<b>'],
  ...[null, undefined, 1, {}, ['risk']],
])('%p is no reason', (reason) => {
  expect(isEndReason(reason)).toBe(false);
});
