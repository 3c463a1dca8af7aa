import { hash } from 'node:crypto';
import { invalidField } from './check';

/** What a cursor goes on with: which kind of list, whose, and by which filters. */
export type CursorScope = readonly (string | number | null)[];

const checksumBytes = 8;
const maxLength = 512;

/** Where a list goes on, as text, good for this list alone. The position is small JSON. */
export function writeCursor(position: readonly unknown[], scope: CursorScope): string {
  const text = JSON.stringify(position);
  return Buffer.concat([checksumOf(text, scope), Buffer.from(text)]).toString('base64url');
}

/** Whether no cursor was given, or the null that a last page has for one: both ask for the first page. */
export function isFirst(cursor: unknown): cursor is null | undefined {
  return cursor === undefined || cursor === null;
}

/**
 * The position in a cursor. One of another list is refused, and so is any text that was changed: pages of two queries, put together,
 * are a wrong answer that nobody notices.
 *
 * The checksum has no key: it is against mistakes. Whose list is read comes from the caller, never from the cursor, so all that a
 * forged one could do is to begin elsewhere in the same list. Hence the position's own members are still to be checked.
 *
 * @throws SessionError `request_invalid` for anything that {@link writeCursor} did not write for this list
 */
export function readCursor(cursor: unknown, scope: CursorScope): readonly unknown[] {
  if (typeof cursor !== 'string' || cursor.length > maxLength) throw invalidCursor(cursor);
  const bytes = Buffer.from(cursor, 'base64url');
  const text = bytes.toString('utf8', checksumBytes);
  const isOurs = checksumOf(text, scope).equals(bytes.subarray(0, checksumBytes));
  // Several texts decode to the same bytes; one of them was written.
  if (!isOurs || bytes.toString('base64url') !== cursor) throw invalidCursor(cursor);
  return readPosition(text, cursor);
}

/** A `request_invalid` error that does not repeat the cursor. */
export function invalidCursor(cursor: unknown): Error {
  return invalidField('cursor', 'the nextCursor of an earlier page of the same query', cursor);
}

function readPosition(text: string, cursor: string): readonly unknown[] {
  try {
    const position: unknown = JSON.parse(text);
    if (Array.isArray(position)) return position as unknown[];
  } catch {
    // Refused below, as all that is no position.
  }
  throw invalidCursor(cursor);
}

function checksumOf(position: string, scope: CursorScope): Buffer {
  return hash('sha256', JSON.stringify([position, ...scope]), 'buffer').subarray(0, checksumBytes);
}
