import { kindsOf } from './kinds-of';
import { lost, Story } from './story';

/** One refresh token, presented twice at the same time. */
const twice = (second: string): Story =>
  new Story()
    .signIn('phone', [0, 10])
    .refresh('phone.0', [20, 30], { to: 'phone.1' })
    .refresh('phone.0', [20, 32], { to: second, app: 1 });

describe('one refresh token exchanged twice', () => {
  test('for the same pair is as it should be', () => {
    expect(kindsOf(twice('phone.1').verify('phone.1', [40, 41]))).toEqual([]);
  });

  test('for two pairs is told, and only once though one of them is refused later', () => {
    expect(kindsOf(twice('phone.2'))).toEqual(['two-successors']);
  });

  test('for another pair after a lost reply is told only where the first was known', () => {
    const story = new Story().signIn('phone', [0, 10]).refresh('phone.0', [20, 30], { outcome: lost });
    expect(kindsOf(story.refresh('phone.0', [31, 40], { to: 'phone.1' }))).toEqual([]);
    expect(kindsOf(story.refresh('phone.0', [31, 40], { to: 'phone.2' }))).toEqual(['two-successors']);
  });
});

describe('one refresh token exchanged again after Redis lost the exchange', () => {
  const again = (): Story =>
    new Story()
      .signIn('phone', [0, 10])
      .refresh('phone.0', [20, 30], { to: 'phone.1' })
      .verify('phone.1', [35, 36])
      .failover(40, 50)
      .refresh('phone.0', [60, 70], { to: 'phone.2' })
      .verify('phone.2', [80, 81]);

  test('is excused', () => {
    expect(kindsOf(again())).toEqual([]);
  });

  test('is told where both pairs are accepted from then on', () => {
    expect(kindsOf(again().verify('phone.1', [90, 91]))).toEqual(['two-successors']);
  });

  test('is excused where only a near cache remembers the first', () => {
    expect(kindsOf(again().verify('phone.1', [90, 91], { app: 2 }))).toEqual([]);
  });

  test('is excused while the server that was replaced does not know it, and told where both are accepted after that', () => {
    const divided = (): Story =>
      new Story()
        .signIn('phone', [0, 10])
        .failover(15, 60)
        .refresh('phone.0', [20, 30], { to: 'phone.1' })
        .refresh('phone.0', [20, 32], { to: 'phone.2', app: 1 })
        .verify('phone.1', [40, 41])
        .verify('phone.2', [42, 43], { app: 1 });
    expect(kindsOf(divided())).toEqual([]);
    expect(kindsOf(divided().verify('phone.1', [70, 71]).verify('phone.2', [72, 73], { app: 1 }))).toEqual([
      'two-successors',
    ]);
  });
});
