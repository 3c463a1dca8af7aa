import { SessionError } from '../../domain/error';
import { type UserKey, userTag } from '../../domain/session-id';
import { type CounterId, type OneTimeId, slottedParts } from '../../domain/slotted-id';

/**
 * The names of counters and one-time tokens as a script takes them, which derives their keys from one of them: others in another slot, or a
 * history there, it would look for in the wrong place.
 *
 * @throws SessionError `internal_error` where they do not share their first three characters.
 */
export function namesInOneSlot(ids: readonly (CounterId | OneTimeId)[], history: UserKey | null = null): string[] {
  const parts = ids.map(slottedParts);
  const tags = new Set(parts.map(({ tag }) => tag));
  if (history !== null) tags.add(userTag(history));
  if (tags.size > 1) throw new SessionError('internal_error', { detail: 'the records of one command lie apart' });
  return parts.map(({ name }) => name);
}
