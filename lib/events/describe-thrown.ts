/** Anything can be thrown, also what has no text. */
export function describeThrown(error: unknown): string {
  try {
    return String(error);
  } catch {
    return 'it threw what has no text';
  }
}
