import fc from 'fast-check';
import type { SessionRecord } from '../../lib/domain/session-record';
import { judgeRefresh, type PresentedRefresh } from '../../lib/policies/rotation';
import { aDigest, aRecord, aRotatedRecord, day, hour, minute, signInAt } from '../fixtures/session-record';

const family = Buffer.alloc(16, 7);
const rotatedAt = signInAt + minute;
const ending = { at: rotatedAt, reason: 'password_changed', actor: { type: 'user' }, replacedBy: null } as const;

const token = (generation: number, secret = `refresh ${generation}`): PresentedRefresh => ({
  family,
  generation,
  digest: aDigest(secret),
});

const strange = { ...token(1), family: Buffer.alloc(16, 8) };

function judge(
  record: SessionRecord | undefined,
  presented: PresentedRefresh,
  at = rotatedAt,
  sameDevice = true,
): ReturnType<typeof judgeRefresh> {
  return judgeRefresh(record, presented, at, () => sameDevice);
}

describe('in this order', () => {
  test('an unknown session is invalid', () => {
    expect(judge(undefined, token(1))).toEqual({ status: 'invalid' });
  });

  test('A29 a token of another family is invalid, though the session ended, ran out or had it revoked', () => {
    for (const record of [
      aRotatedRecord(),
      aRotatedRecord({ ending }),
      aRotatedRecord({ absoluteExpiresAt: 0 }),
      aRotatedRecord({ credentials: { refreshRevoked: true } }),
    ]) {
      expect(judge(record, strange)).toEqual({ status: 'invalid' });
    }
  });

  test('a session that was ended says why to every token of the family, though it ran out since', () => {
    for (const presented of [token(0), token(1), token(2), token(1, 'guess')]) {
      expect(judge(aRotatedRecord({ ending }), presented, signInAt + 90 * day)).toEqual({
        status: 'revoked',
        reason: 'password_changed',
      });
    }
  });

  test('a refresh token revoked by itself, and its parent, say so and are no reuse, though time ran out since', () => {
    const record = aRotatedRecord({ credentials: { refreshRevoked: true } });
    for (const at of [rotatedAt, rotatedAt + hour, signInAt + 90 * day]) {
      for (const presented of [token(1), token(0)]) {
        expect(judge(record, presented, at)).toEqual({ status: 'revoked', reason: 'token_revoked' });
      }
    }
    expect(judge(record, token(0, 'guess'))).toEqual({ status: 'reused' });
    expect(judge(record, token(1, 'guess'))).toEqual({ status: 'rolled-back' });
  });

  test('a session that ran out by time says expired to every token of the family', () => {
    const record = aRotatedRecord();
    for (const presented of [token(0), token(1), token(2), token(1, 'guess')]) {
      expect(judge(record, presented, rotatedAt + hour)).toEqual({ status: 'expired' });
    }
  });
});

describe('A18 the current token renews until the last millisecond before', () => {
  test.each([
    ['the refresh limit', aRotatedRecord(), rotatedAt + hour],
    ['the idle limit', aRotatedRecord({ windows: { idle: 5 * minute } }), signInAt + 5 * minute],
    ['the absolute limit', aRotatedRecord({ absoluteExpiresAt: rotatedAt + 9 }), rotatedAt + 9],
  ])('%s', (_, record, limit) => {
    expect(judge(record, token(1), limit - 1)).toEqual({ status: 'rotate' });
    expect(judge(record, token(1), limit)).toEqual({ status: 'expired' });
  });

  test('and never where refresh tokens are off', () => {
    const record = aRecord({ credentials: { refreshDigest: null, refreshExpiresAt: null } });
    expect(judge(record, token(0))).toEqual({ status: 'expired' });
  });
});

describe('the immediate parent', () => {
  const repeat = { status: 'repeat', parent: aRotatedRecord().credentials.parent };

  test('A26 gets the same successor for as long as that is unconfirmed, within the deadlines', () => {
    for (const at of [rotatedAt, rotatedAt + 10_001, rotatedAt + hour - 1]) {
      expect(judge(aRotatedRecord(), token(0), at)).toEqual(repeat);
    }
    expect(judge(aRotatedRecord(), token(0), rotatedAt + hour)).toEqual({ status: 'expired' });
  });

  test('A24 A26 gets it for the grace after confirmation, and is reuse from then on', () => {
    const confirmedAt = rotatedAt + 5 * minute;
    const record = aRotatedRecord({ credentials: { confirmedAt } });
    expect(judge(record, token(0), confirmedAt)).toEqual(repeat);
    expect(judge(record, token(0), confirmedAt + 10_000 - 1)).toEqual(repeat);
    expect(judge(record, token(0), confirmedAt + 10_000)).toEqual({ status: 'reused' });
  });

  test('A26 is reuse at once with no grace, confirmed or not', () => {
    const windows = { grace: 0 };
    expect(judge(aRotatedRecord({ windows }), token(0))).toEqual({ status: 'reused' });
    const record = aRotatedRecord({ windows, credentials: { confirmedAt: rotatedAt } });
    expect(judge(record, token(0))).toEqual({ status: 'reused' });
  });

  test('is reuse from another device', () => {
    expect(judge(aRotatedRecord(), token(0), rotatedAt, false)).toEqual({ status: 'reused' });
  });

  test('is reuse with another secret', () => {
    expect(judge(aRotatedRecord(), token(0, 'guess'))).toEqual({ status: 'reused' });
  });
});

test('A27 a grandparent inside the grace is reuse', () => {
  const record = aRotatedRecord({
    credentials: {
      generation: 2,
      refreshDigest: aDigest('refresh 2'),
      parent: { ...aRotatedRecord().credentials.parent!, refreshDigest: aDigest('refresh 1') },
    },
  });
  expect(judge(record, token(1)).status).toBe('repeat');
  expect(judge(record, token(0))).toEqual({ status: 'reused' });
});

test('B5 a generation ahead of the store, or its own with another secret, is a lost write and no theft', () => {
  const stolen = [token(2, 'refresh 1'), token(1, 'refresh 0'), token(7, 'refresh 0')];
  for (const presented of [token(2), token(7), token(1, 'guess'), ...stolen]) {
    expect(judge(aRotatedRecord(), presented)).toEqual({ status: 'rolled-back' });
  }
  expect(judge(aRecord(), token(0, 'guess'))).toEqual({ status: 'rolled-back' });
});

test('a secret of the right family presented under an older generation is reuse', () => {
  expect(judge(aRotatedRecord(), token(0, 'refresh 1'))).toEqual({ status: 'reused' });
});

test('the device is asked for only where it decides', () => {
  const sameDevice = jest.fn(() => true);
  for (const presented of [token(1), token(2), token(0, 'guess'), strange]) {
    judgeRefresh(aRotatedRecord(), presented, rotatedAt, sameDevice);
  }
  judgeRefresh(aRotatedRecord({ ending }), token(0), rotatedAt, sameDevice);
  judgeRefresh(aRotatedRecord({ windows: { grace: 0 } }), token(0), rotatedAt, sameDevice);
  expect(sameDevice).not.toHaveBeenCalled();
  const record = aRotatedRecord();
  judgeRefresh(record, token(0), rotatedAt, sameDevice);
  expect(sameDevice.mock.calls).toEqual([[record]]);
});

test('what ends a session ends it at any later time too, until time itself has', () => {
  const presented = fc
    .record({ generation: fc.nat({ max: 3 }), secret: fc.constantFrom('refresh 0', 'refresh 1', 'guess') })
    .map(({ generation, secret }) => token(generation, secret));
  const instants = fc.tuple(fc.nat({ max: 2 * hour }), fc.nat({ max: 2 * hour }));
  fc.assert(
    fc.property(presented, instants, (shown, [first, more]) => {
      const record = aRotatedRecord({ credentials: { confirmedAt: rotatedAt } });
      const before = judge(record, shown, rotatedAt + first).status;
      const after = judge(record, shown, rotatedAt + first + more).status;
      if (before === 'reused' || before === 'rolled-back') expect(['expired', before]).toContain(after);
      if (before === 'expired') expect(after).toBe('expired');
    }),
  );
});
