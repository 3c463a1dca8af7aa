import { checksum, checksumLength } from '../../lib/tokens/checksum';

test('the tail is the CRC-32 of the text in six characters', () => {
  // The check value of CRC-32/ISO-HDLC: 0xCBF43926.
  expect(checksum('123456789')).toBe(Buffer.from('cbf43926', 'hex').toString('base64url'));
  expect(checksumLength).toBe(6);
});

test('a small checksum keeps its leading zeros', () => {
  expect(checksum('')).toBe('AAAAAA');
});
