import { createHash } from 'node:crypto';
import { digestOf } from '../../lib/tokens/digest';
import { aSecret } from '../fixtures/session-record';

test('A6 the digest of a secret is its SHA-256', () => {
  const secret = aSecret('any');
  expect(digestOf(secret)).toEqual(createHash('sha256').update(secret).digest());
  expect(Buffer.isBuffer(digestOf(secret))).toBe(true);
});
