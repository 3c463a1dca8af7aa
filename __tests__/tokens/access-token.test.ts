import fc from 'fast-check';
import type { Secret } from '../../lib/domain/secret';
import { mintSessionId } from '../../lib/domain/session-id';
import { readAccessToken, writeAccessToken } from '../../lib/tokens/access-token';
import { mintSecret } from '../../lib/tokens/mint';
import { aSecret } from '../fixtures/session-record';

const secrets = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes) as Secret);

test('a token gives back the session id and the secret it was written from', () => {
  fc.assert(
    fc.property(fc.string(), secrets, (userId, secret) => {
      const token = { id: mintSessionId(userId), secret };
      expect(readAccessToken(writeAccessToken(token))).toEqual(token);
    }),
  );
});

test('a token is one word of 74 characters that begins with sat_', () => {
  const token = writeAccessToken({ id: mintSessionId('alice'), secret: aSecret('any') });
  expect(token).toMatch(/^sat_[A-Za-z0-9_-]{70}$/);
});

test('A1 a hundred thousand tokens of one user do not repeat', () => {
  const tokens = new Set<string>();
  for (let count = 0; count < 100_000; count++) {
    tokens.add(writeAccessToken({ id: mintSessionId('alice'), secret: mintSecret() }));
  }
  expect(tokens.size).toBe(100_000);
});

test('A2 the tokens of one user have nothing in common but the 12 tag bits and the fixed bits of a UUID', () => {
  const bodies = Array.from({ length: 200 }, () => bodyOf('alice'));
  expect(constantBits(bodies)).toEqual([
    ...Array.from({ length: 12 }, (_, bit) => bit),
    ...[48, 49, 50, 51], // the version of the UUID
    ...[64, 65], // its variant
  ]);
});

test('A2 the tokens of different users have nothing in common but the fixed bits of a UUID', () => {
  const bodies = Array.from({ length: 200 }, (_, index) => bodyOf(`user ${index}`));
  expect(constantBits(bodies)).toEqual([48, 49, 50, 51, 64, 65]);
});

function bodyOf(userId: string): Buffer {
  const token = writeAccessToken({ id: mintSessionId(userId), secret: mintSecret() });
  return Buffer.from(token.slice('sat_'.length, -6), 'base64url');
}

/** The positions of the bits that are the same in all. */
function constantBits(bodies: readonly Buffer[]): number[] {
  const bitAt = (body: Buffer, position: number): number => (body[position >> 3]! >> (7 - (position & 7))) & 1;
  const positions = Array.from({ length: bodies[0]!.length * 8 }, (_, position) => position);
  return positions.filter((position) => {
    const values = new Set(bodies.map((body) => bitAt(body, position)));
    return values.size === 1;
  });
}
