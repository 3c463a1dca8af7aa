const encoder = new TextEncoder();

/**
 * Text from outside, harmless to keep and to show: without what a terminal obeys, what turns the direction of writing and what hides;
 * cut to so many bytes of UTF-8. Every script stays as it was written, the joiners of Persian and of emoji among it. Cleaning twice
 * changes nothing more.
 */
export function cleanText(text: string, maxBytes: number): string {
  // Cut first, so that the cost of what follows is bounded whatever was sent (A58).
  const candidate = text.slice(0, maxBytes).toWellFormed();
  if (isPlain.test(candidate)) return candidate;
  const clean = withoutHidden(candidate);
  const { read } = encoder.encodeInto(clean, new Uint8Array(maxBytes));
  // What is cut in two leaves parts that hide by themselves.
  return read === clean.length ? clean : withoutHidden(clean.slice(0, read));
}

const isPlain = /^[\x20-\x7e]*$/;

/** Controls, line ends, marks of direction, and what is never seen and joins nothing; of what can be a part of something, no more than that part. */
function withoutHidden(text: string): string {
  return withoutStrays(text.replace(obeyed, '').replace(tags, keepFlags));
}

const obeyed =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\u00ad\u180e\u200b\u2060-\u206f\u3164\uffa0\ufeff\u{1d173}-\u{1d17a}\ufff9-\ufffb]/gu;

// Invisible letters, in which whole sentences can hide. Some flags, such as England's, are written with three to six of them.
const tags =
  /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}|[\u{e0000}-\u{e00ff}\u{e01f0}-\u{e0fff}]/gu;

function keepFlags(found: string): string {
  return found.startsWith('\u{1f3f4}') ? found : '';
}

const isVariation = /^[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]$/u;
const isJoiner = /^[\u200c\u200d]$/;

/** After these a joiner changes how the next one is written. */
const joins =
  /[\p{Extended_Pictographic}\p{M}\u{1f3fb}-\u{1f3ff}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Javanese}\p{Script=Balinese}]$/u;

/** Joiners stay where they join, variation selectors where there is something to vary: one of them. */
function withoutStrays(text: string): string {
  let kept = '';
  let last = '';
  for (const character of text) {
    if (isJoiner.test(character) && !joins.test(last)) continue;
    if (isVariation.test(character) && (last === '' || isVariation.test(last) || isJoiner.test(last))) continue;
    kept += character;
    last = character;
  }
  return kept;
}
