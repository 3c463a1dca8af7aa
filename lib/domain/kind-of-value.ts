/** What sort of value it is, and never the value: that may be a person's, or a credential. */
export function kindOfValue(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'string') return `text of ${value.length} characters`;
  if (typeof value === 'number') return numberKind(value);
  if (Array.isArray(value)) return 'an array';
  if (value instanceof Date) return 'a Date';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function numberKind(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value < 0) return 'a number below 0';
  return Number.isInteger(value) ? 'a number' : 'a number with a fraction';
}
