import { kindsOf } from './kinds-of';
import { lost, refused, Story, unavailable } from './story';

const stolen = { outcome: refused('session_revoked', 'token_reuse') };

/** Exchanged once, and the successor shown. */
const renewed = (): Story =>
  new Story().signIn('phone', [0, 10]).refresh('phone.0', [20, 30], { to: 'phone.1' }).verify('phone.1', [40, 41]);

describe('a family ended as reuse', () => {
  test('is told where the current token was presented', () => {
    expect(kindsOf(renewed().refresh('phone.1', [50, 60], stolen))).toEqual(['false-reuse']);
  });

  test('is told where the same token was presented again within grace', () => {
    expect(kindsOf(renewed().refresh('phone.0', [50, 60], stolen))).toEqual(['false-reuse']);
  });

  test.each([lost, unavailable])(
    'is told where a token was retried after an answer that was $status',
    (outcome) => {
      const story = new Story().signIn('phone', [0, 10]).refresh('phone.0', [20, 30], { outcome });
      expect(kindsOf(story.refresh('phone.0', [31, 40], stolen))).toEqual(['false-reuse']);
    },
  );

  test('is told though only a later check shows it', () => {
    expect(kindsOf(renewed().verify('phone.1', [50, 60], stolen))).toEqual(['false-reuse']);
  });

  test('is told even after a failover', () => {
    expect(kindsOf(renewed().failover(42, 48).refresh('phone.1', [50, 60], stolen))).toEqual(['false-reuse']);
  });

  test('is right where the token was presented later than grace after its successor was shown', () => {
    expect(kindsOf(renewed().refresh('phone.0', [10_030, 10_050], stolen))).toEqual([]);
  });

  test('is right where a grandparent was presented', () => {
    const story = renewed().refresh('phone.1', [50, 60], { to: 'phone.2' });
    expect(kindsOf(story.refresh('phone.0', [70, 80], stolen))).toEqual([]);
  });

  test('may be right where a lost request may yet arrive', () => {
    const story = renewed().refresh('phone.0', [31, 35], { outcome: lost });
    expect(kindsOf(story.verify('phone.1', [20_000, 20_001], stolen))).toEqual([]);
  });
});
