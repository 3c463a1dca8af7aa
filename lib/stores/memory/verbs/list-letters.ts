import type { UserKey } from '../../../domain/session-id';
import type { Letters } from '../../../store/erasure';
import type { Memory } from '../memory';

export function listLetters({ outboxes }: Memory, user: UserKey): Letters {
  return outboxes.of(user);
}
