const mostCharacters = 1_000;

/** What was thrown, in its own words, as far as they go into a warning. Anything can be thrown, also what has no text. */
export function describeThrown(error: unknown): string {
  try {
    const text = String(error);
    return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
  } catch {
    return 'it threw what has no text';
  }
}
