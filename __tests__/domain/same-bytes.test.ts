import crypto from 'node:crypto';
import { sameBytes } from '../../lib/domain/same-bytes';

afterEach(() => jest.restoreAllMocks());

test('bytes are the same or they are not', () => {
  expect(sameBytes(Buffer.from('abc'), Buffer.from('abc'))).toBe(true);
  expect(sameBytes(Buffer.from('abc'), Buffer.from('abd'))).toBe(false);
  expect(sameBytes(Buffer.from('abc'), Buffer.from('ab'))).toBe(false);
  expect(sameBytes(Buffer.from('abc'), null)).toBe(false);
  expect(sameBytes(Buffer.from('abc'), undefined)).toBe(false);
});

test('C-timing A6 bytes of one length are compared in constant time', () => {
  const compare = jest.spyOn(crypto, 'timingSafeEqual');
  sameBytes(Buffer.from('abc'), Buffer.from('xyz'));
  expect(compare).toHaveBeenCalledTimes(1);
});
