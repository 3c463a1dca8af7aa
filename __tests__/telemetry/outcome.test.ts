import { outcomeOf, outcomeStatuses } from '../../lib/telemetry/outcome';
import { answerStatuses } from '../repo/answer-statuses';

// The compiler reads a good part of the library, which takes its time on a busy machine.
jest.setTimeout(120_000);

test('every status that a method answers with is known as an outcome, and no other word is', () => {
  expect([...outcomeStatuses].sort()).toEqual(answerStatuses());
});

test.each([
  [{ status: 'active' }, 'active'],
  [{ status: 'alice@example.com' }, 'other'],
  [{ status: 7 }, 'done'],
  [{ active: true, status: 'alice@example.com' }, 'active'],
  [{ active: false }, 'inactive'],
  [{ data: [], nextCursor: null }, 'done'],
  [undefined, 'none'],
  [null, 'done'],
  [1_700_000_000_000, 'done'],
])('%j counts as %s', (answer, outcome) => {
  expect(outcomeOf(answer)).toBe(outcome);
});
