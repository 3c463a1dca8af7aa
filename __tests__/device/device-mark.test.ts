import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { deviceMark } from '../../lib/device/device-mark';
import { deviceHash } from '../../lib/domain/device-hash';

test('a mark is the first eight bytes of the SHA-256 of the device id, in base64url', () => {
  fc.assert(
    fc.property(fc.string(), (deviceId) => {
      const bytes = createHash('sha256').update(deviceId).digest().subarray(0, 8);
      expect(deviceMark(deviceId)).toBe(bytes.toString('base64url'));
      expect(deviceHash(deviceId)).toEqual(bytes);
    }),
    { numRuns: 1_000 },
  );
});

test('no device id has no mark', () => {
  expect(deviceMark(null)).toBeNull();
});
