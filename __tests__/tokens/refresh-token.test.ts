import fc from 'fast-check';
import type { Secret } from '../../lib/domain/secret';
import { mintSessionId } from '../../lib/domain/session-id';
import { readRefreshToken, writeRefreshToken } from '../../lib/tokens/refresh-token';
import { aSecret } from '../fixtures/session-record';

const bytes = (length: number): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((array) => Buffer.from(array));

const parts = fc.record({
  userId: fc.string(),
  family: bytes(16),
  generation: fc.oneof(fc.nat(), fc.constantFrom(0, 1, 2 ** 31, 2 ** 32 - 1)),
  secret: bytes(32).map((secret) => secret as Secret),
});

test('a token gives back the session id, family, generation and secret it was written from', () => {
  fc.assert(
    fc.property(parts, ({ userId, ...rest }) => {
      const token = { id: mintSessionId(userId), ...rest };
      expect(readRefreshToken(writeRefreshToken(token))).toEqual(token);
    }),
  );
});

test('a token is one word of 101 characters that begins with srt_', () => {
  const token = writeRefreshToken({
    id: mintSessionId('alice'),
    family: Buffer.alloc(16),
    generation: 3,
    secret: aSecret('any'),
  });
  expect(token).toMatch(/^srt_[A-Za-z0-9_-]{97}$/);
});
