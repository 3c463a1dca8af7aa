import fc from 'fast-check';
import { cleanText } from '../../lib/device/client-text';
import { honestNames, hostileTexts, obeyedByTerminals } from '../fixtures/hostile-text';

const controls = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code)).filter(
  (character) => character < ' ' || (character >= '\x7f' && character <= '\x9f'),
);

test('A66 control characters are removed, line ends and escape sequences among them', () => {
  expect(controls).toHaveLength(65);
  expect(cleanText(controls.join('x'), 1_000)).toBe('x'.repeat(64));
  expect(cleanText('a\r\nSet-Cookie: b\u001b[31m', 1_000)).toBe('aSet-Cookie: b[31m');
});

test('characters that turn the direction of text or end its line are removed', () => {
  expect(cleanText('a\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202eb\u2066\u2067\u2068\u2069c', 99)).toBe(
    'abc',
  );
});

test.each(Object.entries(hostileTexts))('A58 A66 of %s only what can be seen is kept', (_, text) => {
  const clean = cleanText(text, 1_000);
  if (text.isWellFormed()) expect(clean).not.toMatch(obeyedByTerminals);
  expect(clean).not.toMatch(/\u200d|\u200c|[\ufe00-\ufe0f]{2}/);
  expect(clean.isWellFormed()).toBe(true);
  expect(cleanText(clean, 1_000)).toBe(clean);
});

test.each(honestNames)('%s stays as it was written', (name) => {
  expect(cleanText(name, 1_000)).toBe(name);
});

test('invisible letters are kept in flags alone', () => {
  const flag = '🏴󠁧󠁢󠁥󠁮󠁧󠁿';
  expect(cleanText(`${flag}\u{e0041}\u{e007f}${flag}`, 1_000)).toBe(flag + flag);
  expect(cleanText(flag, Buffer.byteLength(flag) - 1)).toBe('🏴');
});

test('printable text stays as it is', () => {
  const text = 'Mozilla/5.0 (Ünïcode; 日本語; 🦊) ~!"#$%&\'()*+ <b>&amp;</b>';
  expect(cleanText(text, 1_000)).toBe(text);
});

// What only counts in company, in every order.
const parts = [
  '\u{1f3f4}',
  '\u{e0067}',
  '\u{e0062}',
  '\u{e007f}',
  '\u200d',
  '\u200c',
  '\ufe0f',
  '\u{e0100}',
  '\u202e',
  '\u200b',
];
const tricky = fc.string({
  unit: fc.constantFrom(...parts, 'a', 'ک', '👍', '\u0301', '\ud83d', ' '),
  maxLength: 60,
});

test('A58 whatever comes is cut to so many bytes of well-formed text', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), tricky),
      fc.nat({ max: 100 }),
      (text, maxBytes) => {
        const clean = cleanText(text, maxBytes);
        expect(Buffer.byteLength(clean)).toBeLessThanOrEqual(maxBytes);
        expect(clean.isWellFormed()).toBe(true);
        expect(cleanText(clean, maxBytes)).toBe(clean);
      },
    ),
    { numRuns: 1_000 },
  );
});

test('a character that would be cut in two is left out, or marked as damaged where it came so', () => {
  expect(cleanText('abc🦊', 6)).toBe('abc');
  expect(cleanText('abcé', 4)).toBe('abc');
  expect(cleanText('abc🦊', 7)).toBe('abc🦊');
  expect(cleanText('a\ud83d', 10)).toBe('a\ufffd');
});

test('A58 the cost is that of the kept part, however much was sent', () => {
  const replace = jest.spyOn(String.prototype, 'replace');
  cleanText('\u0000'.repeat(1_000_000), 512);
  const cleaned = replace.mock.contexts.map((text) => String(text).length);
  replace.mockRestore();
  expect(Math.max(...cleaned)).toBe(512);
});
