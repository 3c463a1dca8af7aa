/**
 * What a terminal or a log viewer would obey, or would not show: controls (C0, DEL, C1), the line ends of Unicode, marks that turn the direction
 * of writing, and all that has no width of its own, where two names that look the same may differ. JSON escapes only the first of them.
 */
const obeyed = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

/** Text for one line of a log: what would end the line, colour it, turn it round or hide is spelt out (A66). Loses nothing. */
export function inertText(text: string): string {
  return text.replace(obeyed, spelt);
}

function spelt(mark: string): string {
  const code = mark.codePointAt(0)!.toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}
