import { kindsOf } from './kinds-of';
import { lost, refused, Story, unavailable } from './story';

const invalid = { outcome: refused('token_invalid') };
const revoked = { outcome: refused('session_revoked', 'signed_out') };
const expired = { outcome: refused('token_expired') };
const reasoned = (reason: string) => ({ outcome: refused('session_revoked', reason) });

const signedIn = (): Story => new Story().signIn('phone', [0, 10]).signIn('tablet', [0, 10]);

describe('a session refused', () => {
  test.each([invalid, revoked, expired, { outcome: refused('session_expired') }])(
    'that nobody ended is told: %j',
    (answer) => {
      expect(kindsOf(signedIn().verify('phone.0', [20, 21], answer))).toEqual(['wrong-refusal']);
    },
  );

  test('is told of a refresh token, and of one who wanted to end another', () => {
    expect(kindsOf(signedIn().refresh('phone.0', [20, 21], invalid))).toEqual(['wrong-refusal']);
    expect(kindsOf(signedIn().revoke('tablet', [20, 21], { by: 'phone.0', ...invalid }))).toEqual([
      'wrong-refusal',
    ]);
  });

  test.each([undefined, lost, unavailable])('may have been ended by a revocation that gave %j', (outcome) => {
    const given = outcome && { outcome };
    expect(kindsOf(signedIn().revoke('phone', [20, 30], given).verify('phone.0', [25, 26], revoked))).toEqual([]);
    expect(kindsOf(signedIn().revokeAll('tablet.0', [20, 30], given).verify('phone.0', [40, 41], revoked))).toEqual(
      [],
    );
  });

  test('is told where the revocation came later, was another session’s, or was refused', () => {
    expect(kindsOf(signedIn().revoke('phone', [30, 40]).verify('phone.0', [20, 21], revoked))).toHaveLength(1);
    expect(kindsOf(signedIn().revoke('tablet', [12, 14]).verify('phone.0', [20, 21], revoked))).toHaveLength(1);
    const refusedOne = signedIn().revoke('phone', [12, 14], { by: 'tablet.0', outcome: refused('not_found') });
    expect(kindsOf(refusedOne.verify('phone.0', [20, 21], revoked))).toContain('wrong-refusal');
  });

  test('is told where the others of this session were ended', () => {
    expect(kindsOf(signedIn().revokeOthers('phone.0', [20, 30]).verify('phone.0', [40, 41], revoked))).toEqual([
      'wrong-refusal',
    ]);
  });

  test('is told where a revoke-all was over long before it began; not where its reply was lost', () => {
    const story = (outcome?: typeof lost): Story =>
      new Story()
        .signIn('phone', [0, 10])
        .revokeAll('phone.0', [20, 30], outcome && { outcome })
        .signIn('tablet', [2_000, 2_010]);
    expect(kindsOf(story().verify('tablet.0', [2_020, 2_021], revoked))).toEqual(['wrong-refusal']);
    expect(kindsOf(story(lost).verify('tablet.0', [2_020, 2_021], revoked))).toEqual([]);
  });

  test('may have been lost by Redis, if it was there before', () => {
    expect(kindsOf(signedIn().failover(15, 18).verify('phone.0', [20, 21], invalid))).toEqual([]);
    expect(
      kindsOf(signedIn().failover(15, 18).refresh('phone.0', [20, 21], reasoned('store_rolled_back'))),
    ).toEqual([]);
    expect(
      kindsOf(new Story().failover(0, 5).signIn('phone', [6, 10]).verify('phone.0', [20, 21], invalid)),
    ).toEqual(['wrong-refusal']);
    expect(kindsOf(signedIn().partition(15, 18).verify('phone.0', [20, 21], invalid))).toEqual(['wrong-refusal']);
  });

  test('as rolled back or evicted is told where neither can be, whatever else was done', () => {
    const ended = (): Story => signedIn().revoke('phone', [12, 14]);
    expect(kindsOf(ended().verify('phone.0', [20, 21], reasoned('store_rolled_back')))).toEqual(['wrong-refusal']);
    expect(kindsOf(ended().verify('phone.0', [20, 21], reasoned('evicted')))).toEqual(['wrong-refusal']);
  });

  test('may have been evicted where more signed in than have room', () => {
    const limit = { max: 1, evicts: true };
    const one = (): Story => new Story().signIn('phone', [0, 10], { limit });
    expect(kindsOf(one().verify('phone.0', [20, 21], reasoned('evicted')))).toEqual(['wrong-refusal']);
    const two = one().signIn('tablet', [12, 14], { limit, outcome: lost });
    expect(kindsOf(two.verify('phone.0', [20, 21], reasoned('evicted')))).toEqual([]);
  });
});

describe('an access token refused', () => {
  test('may be past its life', () => {
    expect(kindsOf(signedIn().verify('phone.0', [60_005, 60_006], expired))).toEqual([]);
  });

  test('may have been replaced longer than grace ago, and not shorter', () => {
    const renewed = (): Story => signedIn().refresh('phone.0', [20, 30], { to: 'phone.1' });
    expect(kindsOf(renewed().verify('phone.0', [10_050, 10_051], invalid))).toEqual([]);
    expect(kindsOf(renewed().verify('phone.0', [5_000, 5_001], invalid))).toEqual(['wrong-refusal']);
  });

  test('may have been replaced twice, also by an exchange whose reply was lost', () => {
    const twice = signedIn()
      .refresh('phone.0', [20, 30], { to: 'phone.1' })
      .refresh('phone.1', [40, 50], { outcome: lost });
    expect(kindsOf(twice.verify('phone.0', [60, 61], invalid))).toEqual([]);
  });

  test('may be of before a change of password', () => {
    const changed = signedIn().revokeOthers('phone.0', [20, 30], { rekeyed: 'phone.7' });
    expect(kindsOf(changed.verify('phone.0', [40, 41], invalid))).toEqual([]);
  });
});

describe('a sign-in refused', () => {
  const reject = { limit: { max: 1, evicts: false } };

  test('as stale is told where nothing was ended meanwhile', () => {
    const stale = { outcome: refused('stale_sign_in') };
    expect(kindsOf(signedIn().signIn('laptop', [20, 30], stale))).toEqual(['wrong-refusal']);
    expect(kindsOf(signedIn().revokeAll('phone.0', [25, 28]).signIn('laptop', [20, 30], stale))).toEqual([]);
  });

  test('for a limit is told where there is room, or where another would have to go', () => {
    const limited = { outcome: refused('session_limit_reached') };
    expect(kindsOf(new Story().signIn('phone', [0, 10], { ...reject, ...limited }))).toEqual(['wrong-refusal']);
    const full = new Story().signIn('phone', [0, 10], reject).signIn('tablet', [20, 30], { ...reject, ...limited });
    expect(kindsOf(full)).toEqual([]);
    const evicts = { limit: { max: 1, evicts: true }, ...limited };
    expect(kindsOf(signedIn().signIn('laptop', [20, 30], evicts))).toEqual(['wrong-refusal']);
  });
});

test('an answer that no operation may get is told', () => {
  const broken = { status: 'refused', http: 500, code: 'internal_error', reason: null } as const;
  expect(kindsOf(signedIn().verify('phone.0', [20, 21], { outcome: broken }))).toEqual(['unexpected-answer']);
});
