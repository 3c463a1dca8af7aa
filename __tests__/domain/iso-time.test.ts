import fc from 'fast-check';
import { isoTime } from '../../lib/domain/iso-time';

const furthest = 8_640_000_000_000_000;

test.each([0, -1, 1.9, -1.9, Date.UTC(2024, 1, 29, 23, 59, 59, 999), Date.UTC(9999, 11, 31), furthest, -furthest])(
  'the time %p is written as Date writes it',
  (time) => {
    expect(isoTime(time)).toBe(new Date(time).toISOString());
  },
);

test('any time is written as Date writes it, however many days were asked for', () => {
  fc.assert(
    fc.property(fc.integer({ min: -furthest, max: furthest }), (time) => {
      expect(isoTime(time)).toBe(new Date(time).toISOString());
    }),
    { numRuns: 3_000 },
  );
});

test.each([Number.NaN, Infinity, furthest + 86_400_000])('the time %p is none', (time) => {
  expect(() => isoTime(time)).toThrow(RangeError);
});
