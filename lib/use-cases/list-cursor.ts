import { parseSessionId } from '../domain/session-id';
import type { ListPosition, ListQuery } from '../store/commands';
import { type CursorScope, invalidCursor, readCursor, writeCursor } from './cursor';

/** Where a list of sessions goes on: the kind that it has come to, and the last one seen of it. */
export interface ListCursor {
  readonly kind: ListQuery['kind'];
  /** null: at the beginning of its kind. */
  readonly after: ListPosition | null;
}

/** The cursor of the next page of a list of sessions. */
export function writeListCursor({ kind, after }: ListCursor, scope: CursorScope): string {
  return writeCursor(after ? [kind, after.score, after.id] : [kind], scope);
}

/**
 * Where a list of these kinds goes on.
 *
 * @throws SessionError `request_invalid` for a cursor of another list
 */
export function readListCursor(
  cursor: unknown,
  scope: CursorScope,
  kinds: readonly ListQuery['kind'][],
): ListCursor {
  const [named, score, id, ...rest] = readCursor(cursor, scope);
  const kind = kinds.find((one) => one === named);
  const sessionId = parseSessionId(id);
  if (kind === undefined || rest.length > 0) throw invalidCursor(cursor);
  if (score === undefined && id === undefined) return { kind, after: null };
  if (typeof score !== 'number' || !Number.isFinite(score) || !sessionId) throw invalidCursor(cursor);
  return { kind, after: { score, id: sessionId } };
}
