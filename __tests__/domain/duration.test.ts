import fc from 'fast-check';
import { describeValue } from '../../lib/domain/describe-value';
import { duration, durationMilliseconds, formatDuration } from '../../lib/domain/duration';
import { SessionError } from '../../lib/domain/error';

const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const whole = fc.tuple(fc.nat({ max: 1_000_000 }), fc.constantFrom('ms', 's', 'm', 'h', 'd'));

function refusalOf(value: unknown): string {
  try {
    durationMilliseconds(value, 'lifetimes.idle');
  } catch (error) {
    expect(error).toBeInstanceOf(SessionError);
    expect((error as SessionError).code).toBe('options_invalid');
    return (error as SessionError).message;
  }
  throw new Error('it was taken for a duration');
}

test('any whole number with a unit is a duration', () => {
  fc.assert(
    fc.property(whole, ([amount, unit]) => {
      expect(durationMilliseconds(`${amount}${unit}`, 'any')).toBe(amount * units[unit]);
      expect(duration(`${amount}${unit}`)).toBe(`${amount}${unit}`);
    }),
  );
});

test('milliseconds are written in the largest unit that is exact', () => {
  expect([0, 1, 1_350_000, 900_000, 7_200_000, 86_400_000 * 90, 1_001].map(formatDuration)).toEqual([
    '0d',
    '1ms',
    '1350s',
    '15m',
    '2h',
    '90d',
    '1001ms',
  ]);
  fc.assert(fc.property(fc.nat(), (time) => expect(durationMilliseconds(formatDuration(time), 'any')).toBe(time)));
});

test('up to three decimals are exact', () => {
  fc.assert(
    fc.property(fc.nat({ max: 10_000_000 }), (thousandths) => {
      expect(durationMilliseconds(`${(thousandths / 1_000).toFixed(3)}s`, 'any')).toBe(thousandths);
      expect(durationMilliseconds(`${(thousandths / 1_000).toFixed(3)}m`, 'any')).toBe(thousandths * 60);
    }),
  );
  expect(durationMilliseconds('1.5h', 'any')).toBe(5_400_000);
  expect(durationMilliseconds('2.000ms', 'any')).toBe(2);
});

test.each([
  ...[
    '',
    ' ',
    'm',
    '15',
    '15 m',
    ' 15m',
    '15m ',
    '15m\n',
    '-15m',
    '+15m',
    '1e3s',
    '0x10s',
    '１５m',
    '15M',
    '15min',
  ],
  ...['Infinitys', 'NaNs', '1.s', '.5s', '1.2345s', '1,5s', '1d12h', '1w', '1y', '15mm', '1..5s'],
  ...['0.5ms', '999999999999999d', '9999999999999999ms'],
])('%j is refused', (text) => {
  expect(refusalOf(text)).toContain("lifetimes.idle: expected a duration such as '15m', got '");
  expect(() => duration(text)).toThrow('duration: expected a duration');
});

test('a bare number is refused with the fix', () => {
  expect(refusalOf(900)).toBe(
    "lifetimes.idle: expected a duration such as '15m', got 900 (did you mean '900ms', '900s' or '900m'?)",
  );
  expect(refusalOf(0)).toContain("did you mean '0ms'");
});

test.each([
  [1.5, '1.5'],
  [-1, '-1'],
  [Number.NaN, 'NaN'],
  [Infinity, 'Infinity'],
  [2 ** 53, '9007199254740992'],
  [true, 'true'],
  [null, 'null'],
  [undefined, 'undefined'],
  [10n, '10'],
  [Symbol('s'), 'Symbol(s)'],
  [['15m'], 'an array'],
  [{ minutes: 15 }, 'an object'],
  [() => '15m', 'a function'],
])('%p is refused as what it is, with no guess at what was meant', (value, words) => {
  expect(refusalOf(value)).toBe(`lifetimes.idle: expected a duration such as '15m', got ${words}`);
});

test('whatever comes is either a duration or refused in a short sentence', () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.string(), fc.stringMatching(/^[\d.]{0,20}(ms|s|m|h|d)?$/)), (value) => {
      try {
        expect(durationMilliseconds(value, 'any')).toBeGreaterThanOrEqual(0);
      } catch (error) {
        expect((error as SessionError).code).toBe('options_invalid');
        expect((error as SessionError).message.length).toBeLessThan(400);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('a value is described in few characters', () => {
  expect(describeValue('x'.repeat(40))).toBe(`'${'x'.repeat(40)}'`);
  expect(describeValue('x'.repeat(41))).toBe(`'${'x'.repeat(40)}…'`);
});
