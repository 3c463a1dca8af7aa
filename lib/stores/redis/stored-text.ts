/** A text or null, as positions in stored JSON hold it: 0 takes less than null. */
export type StoredText = string | 0;

export function readText(stored: StoredText): string | null {
  return stored === 0 ? null : stored;
}
