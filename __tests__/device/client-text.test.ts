import fc from 'fast-check';
import { cleanText } from '../../lib/device/client-text';

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

test('printable text stays as it is', () => {
  const text = 'Mozilla/5.0 (Ünïcode; 日本語; 🦊) ~!"#$%&\'()*+ <b>&amp;</b>';
  expect(cleanText(text, 1_000)).toBe(text);
});

test('A58 whatever comes is cut to so many bytes of well-formed text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.nat({ max: 100 }), (text, maxBytes) => {
      const clean = cleanText(text, maxBytes);
      expect(Buffer.byteLength(clean)).toBeLessThanOrEqual(maxBytes);
      expect(clean.isWellFormed()).toBe(true);
      expect(cleanText(clean, maxBytes)).toBe(clean);
    }),
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
