import type { Note } from '../../../store/note';
import type { Memory } from '../memory';

export function note(memory: Memory, { user, startedAt, audit }: Note): void {
  if (memory.wasErased(user, startedAt)) return;
  // nothing else tells of it: so it may be sent again after many others
  const isThere = memory.users.get(user)?.history.some(({ id }) => id === audit.id) === true;
  if (!isThere) memory.log(user, audit);
}
