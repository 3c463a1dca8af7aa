import { checkHistory } from './check-history';
import { kindsOf } from './kinds-of';
import { lost, refused, Story, unavailable } from './story';

const cached = 2;

/** Signed in, used, and ended between 100 and 110. */
const ended = (durable = true): Story =>
  new Story().signIn('phone', [0, 10]).verify('phone.0', [20, 21]).revoke('phone', [100, 110], { durable });

describe('a session accepted after its end was acknowledged', () => {
  test('is told, with what shows it', () => {
    const [violation, ...others] = checkHistory(ended().verify('phone.0', [111, 112]).history).violations;
    expect(others).toEqual([]);
    expect(violation).toMatchObject({
      kind: 'accepted-after-revocation',
      user: 'alice',
      sessions: ['phone'],
      operations: [{ kind: 'revoke' }, { kind: 'verify', invokedAt: 111 }],
    });
  });

  test('is told once a session', () => {
    const story = ended().verify('phone.0', [111, 112]).verify('phone.0', [120, 121]);
    expect(kindsOf(story)).toEqual(['accepted-after-revocation']);
  });

  test('is told of a refresh as well', () => {
    expect(kindsOf(ended().refresh('phone.0', [111, 115], { to: 'phone.1' }))).toEqual([
      'accepted-after-revocation',
    ]);
  });

  test('is told of tokens that a refresh brought while it was being ended', () => {
    const story = ended().refresh('phone.0', [99, 130], { to: 'phone.1' }).verify('phone.1', [131, 132]);
    expect(kindsOf(story)).toEqual(['accepted-after-revocation']);
  });

  test('may have been asked for before that', () => {
    expect(kindsOf(ended().verify('phone.0', [109, 130]))).toEqual([]);
  });

  test('is told across a failover where the end was durable', () => {
    expect(kindsOf(ended().failover(120, 130).verify('phone.0', [140, 141]))).toEqual([
      'accepted-after-revocation',
    ]);
  });

  test('is excused by a failover in between where the end was not durable', () => {
    expect(kindsOf(ended(false).failover(120, 130).verify('phone.0', [140, 141]))).toEqual([]);
  });

  test('is excused by a failover in between where nobody asked for durability', () => {
    const story = new Story({ durability: false }).signIn('phone', [0, 10]).revoke('phone', [20, 30]);
    expect(kindsOf(story.failover(40, 50).verify('phone.0', [60, 61]))).toEqual([]);
  });

  test('is not excused by durable: false alone, nor by a fault that loses nothing', () => {
    expect(kindsOf(ended(false).partition(112, 119).verify('phone.0', [120, 121]))).toEqual([
      'accepted-after-revocation',
    ]);
  });

  test.each([lost, unavailable, refused('session_revoked', 'signed_out')])(
    'is allowed after a revocation that gave $status',
    (outcome) => {
      const story = new Story().signIn('phone', [0, 10]).signIn('tablet', [0, 10]);
      story.revoke('phone', [20, 30], { by: 'tablet.0', outcome }).revoke('tablet', [21, 25]);
      expect(kindsOf(story.verify('phone.0', [40, 41]))).toEqual([]);
    },
  );

  test('is told of one that a limit evicted, unless Redis forgot that', () => {
    const limit = { max: 1, evicts: true };
    const story = (): Story =>
      new Story().signIn('phone', [0, 10], { limit }).signIn('tablet', [20, 30], { limit, evicted: ['phone'] });
    expect(kindsOf(story().verify('phone.0', [40, 41]))).toEqual(['accepted-after-revocation']);
    expect(kindsOf(story().failover(32, 38).verify('phone.0', [40, 41]))).toEqual([]);
  });
});

describe('after all sessions of a user were ended', () => {
  const others = (): Story => new Story().signIn('phone', [0, 10]).signIn('tablet', [0, 10]);

  test('one whose sign-in was over is told, and the one that asked is kept', () => {
    const story = others().revokeOthers('phone.0', [20, 30]).verify('phone.0', [40, 41]);
    expect(kindsOf(story)).toEqual([]);
    expect(kindsOf(story.verify('tablet.0', [40, 41]))).toEqual(['accepted-after-revocation']);
  });

  test('the one that asked for all is told too', () => {
    expect(kindsOf(others().revokeAll('phone.0', [20, 30]).verify('phone.0', [40, 41]))).toEqual([
      'accepted-after-revocation',
    ]);
  });

  test('one whose sign-in had begun, and was completed later, is told', () => {
    const story = others().signIn('laptop', [15, 60], { begunAt: 18 }).revokeOthers('phone.0', [20, 30]);
    expect(kindsOf(story.verify('laptop.0', [61, 62]))).toEqual(['accepted-after-revocation']);
  });

  test('one whose sign-in may have begun after it is allowed', () => {
    const story = others().signIn('laptop', [15, 60], { begunAt: 21 }).revokeOthers('phone.0', [20, 30]);
    expect(kindsOf(story.verify('laptop.0', [61, 62]))).toEqual([]);
  });

  test('one that another revocation kept at the same time began anew at that one', () => {
    const story = others().revokeOthers('phone.0', [20, 30]).revokeOthers('tablet.0', [21, 29]);
    expect(kindsOf(story.verify('phone.0', [40, 41]))).toEqual([]);
    const unknown = others()
      .revokeOthers('phone.0', [15, 19], { outcome: lost })
      .revokeOthers('tablet.0', [20, 30]);
    expect(kindsOf(unknown.verify('phone.0', [40, 41]))).toEqual([]);
    const earlier = others().revokeOthers('tablet.0', [12, 15]).revokeOthers('phone.0', [20, 30]);
    expect(kindsOf(earlier.verify('tablet.0', [40, 41]))).toEqual(['accepted-after-revocation']);
  });

  test('the old tokens of the session that was given new ones are told, the new ones are not', () => {
    const story = others().revokeOthers('phone.0', [20, 30], { rekeyed: 'phone.7' }).verify('phone.7', [40, 41]);
    expect(kindsOf(story)).toEqual([]);
    expect(kindsOf(story.verify('phone.0', [42, 43]))).toEqual(['accepted-after-revocation']);
  });
});

describe('a process with a near cache', () => {
  test('may accept within its bound', () => {
    const { violations, staleReads } = checkHistory(
      ended().verify('phone.0', [2_109, 2_110], { app: cached }).history,
    );
    expect({ violations, staleReads }).toEqual({ violations: [], staleReads: [{ late: 1_999, isCalm: true }] });
  });

  test('notes whether a fault was about', () => {
    const story = ended().partition(90, 105).verify('phone.0', [112, 113], { app: cached });
    expect(checkHistory(story.history).staleReads).toEqual([{ late: 2, isCalm: false }]);
  });

  test('is told beyond its bound', () => {
    expect(kindsOf(ended().verify('phone.0', [2_111, 2_112], { app: cached }))).toEqual(['stale-beyond-bound']);
  });

  test('may not accept past the cache, in a refresh, or what it has ended itself', () => {
    expect(kindsOf(ended().verify('phone.0', [120, 121], { app: cached, fresh: true }))).toHaveLength(1);
    expect(kindsOf(ended().refresh('phone.0', [120, 121], { app: cached, to: 'phone.1' }))).toHaveLength(1);
    const own = new Story().signIn('phone', [0, 10]).revoke('phone', [20, 30], { app: cached });
    expect(kindsOf(own.verify('phone.0', [31, 32], { app: cached }))).toEqual(['stale-beyond-bound']);
  });
});
