import type { UserKey } from '../../../domain/session-id';
import type { Entry } from '../entry';
import { isLive } from '../liveness';
import type { Memory } from '../memory';

/** A user's live sessions, all that count: those that an administrator uses in the user's place do not. */
export function countedEntries(memory: Memory, user: UserKey, at: number): Entry[] {
  return [...(memory.users.get(user)?.sessions ?? [])].flatMap((id) => {
    const entry = memory.find(id);
    return entry && isLive(entry.record, at) && !entry.record.profile.impersonator ? [entry] : [];
  });
}
