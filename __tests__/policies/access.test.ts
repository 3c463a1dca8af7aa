import fc from 'fast-check';
import { judgeAccess } from '../../lib/policies/access';
import { aDigest, aRecord, aRotatedRecord, day, hour, minute, signInAt } from '../fixtures/session-record';

const current = aDigest('access 0');
const ending = { at: signInAt, reason: 'risk', actor: { type: 'admin' }, replacedBy: null } as const;

test('a token of no known session is invalid', () => {
  expect(judgeAccess(undefined, current, signInAt)).toEqual({ status: 'invalid' });
});

test('A29 whoever guessed the id learns nothing: live, expired and ended sessions answer alike', () => {
  for (const record of [aRecord(), aRecord({ absoluteExpiresAt: 0 }), aRecord({ ending })]) {
    expect(judgeAccess(record, aDigest('guess'), signInAt)).toEqual({ status: 'invalid' });
  }
});

test('a refresh token is no access token', () => {
  expect(judgeAccess(aRecord(), aDigest('refresh 0'), signInAt)).toEqual({ status: 'invalid' });
  expect(judgeAccess(aRotatedRecord(), aDigest('refresh 0'), signInAt)).toEqual({ status: 'invalid' });
});

test('the current token opens the session', () => {
  const record = aRecord();
  const { accessExpiresAt: expiresAt } = record.credentials;
  expect(judgeAccess(record, current, signInAt)).toEqual({ status: 'active', record, current: true, expiresAt });
});

test('the token of a session that was ended learns why, also when it ran out since', () => {
  const record = aRecord({ ending });
  for (const at of [signInAt, signInAt + 100 * day]) {
    expect(judgeAccess(record, current, at)).toEqual({ status: 'revoked', record, reason: 'risk' });
  }
});

describe('A18 a token opens the session until the last millisecond before', () => {
  test.each([
    ['its own expiry', aRecord(), 15 * minute, true],
    ['the idle limit', aRecord({ windows: { idle: minute } }), minute, false],
    ['the absolute limit', aRecord({ absoluteExpiresAt: signInAt + 5 * minute }), 5 * minute, false],
  ])('%s', (_, record, limit, refreshable) => {
    expect(judgeAccess(record, current, signInAt + limit - 1).status).toBe('active');
    expect(judgeAccess(record, current, signInAt + limit)).toEqual({ status: 'expired', record, refreshable });
    expect(judgeAccess(record, current, signInAt + limit + 1).status).toBe('expired');
  });

  test('the idle limit counted from the last recorded use', () => {
    const record = aRecord({ windows: { idle: minute }, lastSeenAt: signInAt + 30_000 });
    expect(judgeAccess(record, current, signInAt + 90_000 - 1).status).toBe('active');
    expect(judgeAccess(record, current, signInAt + 90_000).status).toBe('expired');
  });
});

describe('an expired token says that a refresh helps only where one does:', () => {
  const at = signInAt + 20 * minute;
  test.each([
    ['a live refresh token', aRecord(), true],
    ['a refresh token that has run out', aRecord({ credentials: { refreshExpiresAt: at } }), false],
    ['a refresh token in its last millisecond', aRecord({ credentials: { refreshExpiresAt: at + 1 } }), true],
    ['a revoked refresh token', aRecord({ credentials: { refreshRevoked: true } }), false],
    ['no refresh tokens', aRecord({ credentials: { refreshDigest: null, refreshExpiresAt: null } }), false],
    ['a session that idled out', aRecord({ windows: { idle: 20 * minute } }), false],
    ['a session past its absolute limit', aRecord({ absoluteExpiresAt: at }), false],
  ])('%s', (_, record, refreshable) => {
    expect(judgeAccess(record, current, at)).toEqual({ status: 'expired', record, refreshable });
  });
});

describe('the token that rotation replaced', () => {
  const rotatedAt = signInAt + minute;

  test('stays good until rotation + grace', () => {
    const record = aRotatedRecord();
    expect(judgeAccess(record, current, rotatedAt + 10_000 - 1)).toEqual({
      status: 'active',
      record,
      current: false,
      expiresAt: rotatedAt + 10_000,
    });
    expect(judgeAccess(record, current, rotatedAt + 10_000)).toEqual({
      status: 'expired',
      record,
      refreshable: true,
    });
  });

  test('is gone two rotations later', () => {
    const record = aRotatedRecord({ credentials: { accessDigest: aDigest('access 2'), parent: null } });
    expect(judgeAccess(record, current, rotatedAt)).toEqual({ status: 'invalid' });
  });

  test('opens no session whose current tokens were all revoked one by one', () => {
    const at = rotatedAt + 1;
    const record = aRotatedRecord({
      credentials: { accessExpiresAt: at, refreshExpiresAt: at, refreshRevoked: true },
    });
    expect(judgeAccess(record, current, at - 1).status).toBe('active');
    expect(judgeAccess(record, current, at)).toEqual({ status: 'expired', record, refreshable: false });
  });

  test('learns why the session ended', () => {
    const record = aRotatedRecord({ ending });
    expect(judgeAccess(record, current, rotatedAt)).toMatchObject({ status: 'revoked', reason: 'risk' });
  });
});

test('the answer never turns from expired back to active as time passes', () => {
  const times = fc.nat({ max: 40 * day }).map((milliseconds) => signInAt + milliseconds);
  const limits = fc.integer({ min: 1, max: 30 * day });
  fc.assert(
    fc.property(times, times, limits, limits, limits, (one, other, access, idle, absolute) => {
      const record = aRecord({
        windows: { idle },
        absoluteExpiresAt: signInAt + absolute,
        credentials: { accessExpiresAt: signInAt + access, refreshExpiresAt: signInAt + hour },
      });
      const [before, after] = [Math.min(one, other), Math.max(one, other)];
      const later = judgeAccess(record, current, after).status;
      expect(later === 'active' ? judgeAccess(record, current, before).status : 'active').toBe('active');
      expect(later === 'active').toBe(after < signInAt + Math.min(access, idle, absolute));
    }),
  );
});
