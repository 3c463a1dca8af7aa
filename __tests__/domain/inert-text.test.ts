import fc from 'fast-check';
import { inertText } from '../../lib/domain/inert-text';
import { hostileTexts, obeyedByTerminals } from '../fixtures/hostile-text';

test.each(Object.entries(hostileTexts))('A66 C-log %s is one line that a terminal only shows', (_, text) => {
  expect(inertText(text)).not.toMatch(obeyedByTerminals);
  expect(inertText(text)).not.toMatch(/[\r\n]/);
});

test('what is spelt out can still be told', () => {
  expect(inertText('a\r\n\u001b[31m\u009b\u202e\u2028\ud800 \u{e0041}\u200db')).toBe(
    'a\\u000d\\u000a\\u001b[31m\\u009b\\u202e\\u2028\\ud800 \\u{e0041}\\u200db',
  );
});

test('A66 whatever comes, nothing is obeyed, and what can be seen stays', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
      const inert = inertText(text);
      expect(inert).not.toMatch(obeyedByTerminals);
      expect(inertText(inert)).toBe(inert);
    }),
    { numRuns: 1_000 },
  );
  const visible = 'Mozilla/5.0 (Ünïcode; 日本語; 🦊; हिन्दी; עברית) ~!"#$%&\'()*+ <b>&amp;</b>';
  expect(inertText(visible)).toBe(visible);
});
