import fc from 'fast-check';
import { userKey } from '../../../lib/domain/session-id';
import type { OneTimeId } from '../../../lib/domain/slotted-id';
import { decodeOneTime, encodeOneTime } from '../../../lib/stores/redis/one-time-codec';

const id = `0f8${'x'.repeat(22)}` as OneTimeId;

const oneTime = fc.record({
  id: fc.constant(id),
  purpose: fc.stringMatching(/^[a-z]{1,32}$/),
  expiresAt: fc.nat({ max: 2 ** 48 - 1 }),
  uses: fc.nat({ max: 65_535 }),
  user: fc.option(fc.string({ minLength: 1 }).map(userKey)),
  payload: fc.jsonValue().map((value) => JSON.stringify(value)),
});

test('every one-time token reads back as it was', () => {
  fc.assert(fc.property(oneTime, (given) => expect(decodeOneTime(id, encodeOneTime(given))).toEqual(given)));
});

test('scripts find the time at its front, then the uses, the refusals, the attempts, the user and the purpose', () => {
  const user = userKey('alice');
  const bytes = encodeOneTime({
    id,
    purpose: 'limit',
    expiresAt: 0x010203040506,
    uses: 0x0708,
    user,
    payload: '{}',
  });
  const head = Array.from({ length: 8 }, (_, index) => String.fromCharCode(index + 1)).join('');
  expect(bytes.toString('latin1')).toBe(`${head}${'\u0000'.repeat(33)}${user}\u0005limit{}`);
});

test('B30 what was cut off is none', () => {
  const whole = encodeOneTime({ id, purpose: 'limit', expiresAt: 1, uses: 1, user: null, payload: '' });
  for (let length = 0; length < whole.length; length++) {
    expect(decodeOneTime(id, whole.subarray(0, length))).toBeUndefined();
  }
});
