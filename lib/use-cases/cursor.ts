import { parseSessionId } from '../domain/session-id';
import type { ListPosition, ListQuery } from '../store/commands';
import { invalidField } from './check';

/** Where a list goes on: the kind of sessions it has come to, and the last one seen of it. */
export interface ListCursor {
  readonly kind: ListQuery['kind'];
  readonly after: ListPosition | null;
}

const kinds: readonly unknown[] = ['active', 'expired', 'ended'] satisfies ListQuery['kind'][];

export function writeCursor({ kind, after }: ListCursor): string {
  return Buffer.from(JSON.stringify([kind, after?.score, after?.id])).toString('base64url');
}

/** @throws SessionError `request_invalid` for anything that {@link writeCursor} did not write */
export function readCursor(cursor: string): ListCursor {
  try {
    if (cursor.length > 256) throw new RangeError('too long');
    const [kind, score, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [
      ListQuery['kind'],
      unknown,
      unknown,
    ];
    const sessionId = parseSessionId(id);
    if (!kinds.includes(kind)) throw new TypeError('no kind');
    if (score === null && id === null) return { kind, after: null };
    if (typeof score !== 'number' || !Number.isFinite(score) || !sessionId) throw new TypeError('no position');
    return { kind, after: { score, id: sessionId } };
  } catch {
    throw invalidField('cursor', 'the nextCursor of an earlier page', cursor);
  }
}
