import type { UserKey } from '../../../domain/session-id';
import type { Entry } from '../entry';
import { isLive } from '../liveness';
import type { Memory } from '../memory';

/** A user's live sessions. */
export function liveEntries(memory: Memory, user: UserKey, at: number): Entry[] {
  return [...(memory.users.get(user)?.sessions ?? [])].flatMap((id) => {
    const entry = memory.find(id);
    return entry && isLive(entry.record, at) ? [entry] : [];
  });
}
