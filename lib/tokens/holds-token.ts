// The least random text in any of them is 256 bits, 43 characters; one that was cut short still tells most of it.
const shape = /s(?:at|rt|ot|as)_[A-Za-z0-9_-]{32}/;

/** Whether a text is a token or an API secret of this library, or holds one, good or not: logs never keep it (A65). */
export function holdsToken(text: string): boolean {
  return shape.test(text);
}
