import { inertText } from './inert-text';

// A token or an API secret in the wrong place: what an error shows ends up in logs (A65).
const credential = /^\s*s(?:at|rt|ot|as)_/;

/** Whether a text begins as a token or an API secret does. */
export function isCredential(text: string): boolean {
  return credential.test(text);
}

/** A value as an error message shows it: short, on one line, without what an object may hold, and never a credential. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string' && isCredential(value)) return `a credential of ${value.length} characters`;
  if (typeof value === 'string') return `'${inertText(shortened(value))}'`;
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}

/** A text, cut where it is longer than anybody would read. */
function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
