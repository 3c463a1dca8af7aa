import { createHmac } from 'node:crypto';
import { deriveSuccessor } from '../../lib/tokens/derive';
import { aSecret } from '../fixtures/session-record';

const nonce = Buffer.alloc(32, 1);
const spent = aSecret('spent');

test('whoever holds the spent secret and the nonce derives the same pair', () => {
  expect(deriveSuccessor(nonce, spent)).toEqual(deriveSuccessor(Buffer.from(nonce), aSecret('spent')));
});

test('the two secrets are HMAC-SHA256(nonce, label ‖ spent secret)', () => {
  const expected = (label: string): Buffer =>
    createHmac('sha256', nonce)
      .update(Buffer.concat([Buffer.from(label), spent]))
      .digest();
  expect(deriveSuccessor(nonce, spent)).toEqual({ access: expected('access'), refresh: expected('refresh') });
});

test('another nonce or another spent secret gives another pair, and the two secrets of a pair differ', () => {
  const pairs = [
    deriveSuccessor(nonce, spent),
    deriveSuccessor(Buffer.alloc(32, 2), spent),
    deriveSuccessor(nonce, aSecret('other')),
  ];
  const secrets = pairs.flatMap(({ access, refresh }) => [access.toString('hex'), refresh.toString('hex')]);
  expect(new Set(secrets).size).toBe(6);
});
