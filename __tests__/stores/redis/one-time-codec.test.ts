import fc from 'fast-check';
import type { OneTimeId } from '../../../lib/domain/slotted-id';
import { decodeOneTime, encodeOneTime } from '../../../lib/stores/redis/one-time-codec';

const id = `0f8${'x'.repeat(22)}` as OneTimeId;

const oneTime = fc.record({
  id: fc.constant(id),
  purpose: fc.stringMatching(/^[a-z]{1,32}$/),
  expiresAt: fc.nat({ max: 2 ** 48 - 1 }),
  payload: fc.jsonValue().map((value) => JSON.stringify(value)),
});

test('every one-time token reads back as it was', () => {
  fc.assert(fc.property(oneTime, (given) => expect(decodeOneTime(id, encodeOneTime(given))).toEqual(given)));
});

test('scripts find the time at its front', () => {
  const bytes = encodeOneTime({ id, purpose: 'limit', expiresAt: 0x010203040506, payload: '{}' });
  expect(bytes.toString('latin1')).toBe('\u0001\u0002\u0003\u0004\u0005\u0006\u0005limit{}');
});

test('B30 what was cut off is none', () => {
  const whole = encodeOneTime({ id, purpose: 'limit', expiresAt: 1, payload: '' });
  for (let length = 0; length < whole.length; length++) {
    expect(decodeOneTime(id, whole.subarray(0, length))).toBeUndefined();
  }
});
