const encoder = new TextEncoder();

/** Text from a client, harmless to keep: control and bidi characters removed, cut to so many bytes of UTF-8. */
export function cleanText(text: string, maxBytes: number): string {
  // Cut first, so that the cost of what follows is bounded whatever was sent (A58).
  const candidate = text.slice(0, maxBytes).toWellFormed().replace(unprintable, '');
  const { read } = encoder.encodeInto(candidate, new Uint8Array(maxBytes));
  return candidate.slice(0, read);
}

// eslint-disable-next-line no-control-regex -- the characters that this removes
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
