import type { LimitTerms } from '../history';
import { checkHistory } from './check-history';
import { kindsOf } from './kinds-of';
import { lost, Story } from './story';

const kinds: [string, LimitTerms][] = [
  ['reject', { max: 2, evicts: false }],
  ['evict', { max: 2, evicts: true }],
];

describe.each(kinds)('a limit of two that would %s', (_name, limit) => {
  const two = (): Story => new Story().signIn('phone', [0, 10], { limit }).signIn('tablet', [0, 12], { limit });

  test('holds with two', () => {
    expect(kindsOf(two().verify('phone.0', [50, 51]).verify('tablet.0', [50, 51]))).toEqual([]);
  });

  test('is exceeded by three that are alive at one instant', () => {
    const story = two().signIn('laptop', [20, 30], { limit });
    for (const session of ['phone.0', 'tablet.0', 'laptop.0']) story.verify(session, [50, 51]);
    const { violations } = checkHistory(story.history);
    expect(violations).toMatchObject([{ kind: 'limit-exceeded', sessions: ['phone', 'tablet', 'laptop'] }]);
  });

  test('is kept where the third may have come when the first had gone', () => {
    const story = two().verify('phone.0', [25, 26]).verify('tablet.0', [50, 51]);
    expect(kindsOf(story.signIn('laptop', [20, 30], { limit }).verify('laptop.0', [50, 51]))).toEqual([]);
  });

  test('counts a lost sign-in for nothing', () => {
    const story = two().signIn('laptop', [20, 30], { limit, outcome: lost });
    expect(kindsOf(story.verify('phone.0', [50, 51]).verify('tablet.0', [50, 51]))).toEqual([]);
  });

  test('trusts a near cache for no longer than its bound', () => {
    const story = two().signIn('laptop', [20, 30], { limit }).verify('tablet.0', [50, 51]);
    story.verify('laptop.0', [50, 51]);
    expect(kindsOf(story.verify('phone.0', [60, 61], { app: 2 }))).toEqual([]);
    const late = two().signIn('laptop', [20, 30], { limit }).verify('tablet.0', [3_000, 3_001]);
    late.verify('laptop.0', [3_000, 3_001]);
    expect(kindsOf(late.verify('phone.0', [3_000, 3_001], { app: 2 }))).toEqual(['limit-exceeded']);
  });

  test('is counted anew after Redis lost something', () => {
    const story = two().signIn('laptop', [20, 30], { limit }).verify('laptop.0', [40, 41]).failover(50, 60);
    expect(kindsOf(story.verify('phone.0', [70, 71]).verify('tablet.0', [70, 71]))).toEqual([]);
  });
});

test('without a limit any number is allowed', () => {
  const story = new Story();
  for (const session of ['phone', 'tablet', 'laptop']) {
    story.signIn(session, [0, 10]).verify(`${session}.0`, [20, 21]);
  }
  expect(kindsOf(story)).toEqual([]);
});
