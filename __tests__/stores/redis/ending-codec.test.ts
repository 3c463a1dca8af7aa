import fc from 'fast-check';
import type { Ending } from '../../../lib/domain/session-record';
import { decodeEnding, encodeEnding } from '../../../lib/stores/redis/ending-codec';

const text = fc.string({ unit: 'binary', maxLength: 40 });
const optional = fc.option(text, { nil: null });

const ending: fc.Arbitrary<Ending> = fc.record({
  at: fc.nat({ max: 2 ** 48 - 1 }),
  reason: fc.stringMatching(/^[a-z][a-z0-9_]{0,31}$/),
  actor: fc.oneof(
    fc.record({ type: fc.constantFrom('user', 'system') }),
    fc.record({ type: fc.constantFrom('admin', 'impersonator'), id: text }),
  ),
  replacedBy: fc.option(
    fc.record({
      browser: optional,
      browserVersion: optional,
      os: optional,
      osVersion: optional,
      type: fc.constantFrom('desktop', 'phone', 'tablet', 'tv', 'console', 'wearable', 'bot', 'other', 'api'),
      model: optional,
    }),
    { nil: null },
  ),
});

test('every ending reads back as it was', () => {
  fc.assert(fc.property(ending, (given) => expect(decodeEnding(encodeEnding(given))).toEqual(given)));
});

test('stored positions never change', () => {
  const device = {
    browser: 'b',
    browserVersion: 'v',
    os: 'o',
    osVersion: null,
    type: 'phone',
    model: 'm',
  } as const;
  const plain = { at: 7, reason: 'evicted', actor: { type: 'user' }, replacedBy: null } as const;
  expect(encodeEnding(plain)).toBe('[7,"evicted","user"]');
  expect(encodeEnding({ ...plain, actor: { type: 'admin', id: 'i' } })).toBe('[7,"evicted","admin","i"]');
  const taken = encodeEnding({ ...plain, replacedBy: device });
  expect(taken).toBe('[7,"evicted","user",0,["phone","b","v","o",0,"m"]]');
});
