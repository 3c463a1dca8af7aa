import { type Erase, erasedReason, type EraseOutcome } from '../../../store/erasure';
import { userKey } from '../../../domain/session-id';
import { withoutUser } from '../../../store/forgotten-access';
import { isAbout } from '../../../store/forgotten-item';
import { isLive } from '../liveness';
import type { Memory } from '../memory';
import type { User } from '../user';

const nobody = userKey('');

export function erase(memory: Memory, command: Erase): EraseOutcome {
  const { user, userId, epoch, audit, attempt } = command;
  const shelf = memory.users.open(user);
  const count = shelf.revocation(attempt)?.count ?? forget(memory, shelf, command);
  if (!shelf.revocation(attempt)) {
    const raised = { at: Math.max(epoch, memory.epochOf(user)?.at ?? 0), reason: erasedReason };
    // Whatever the reason of one that was as high.
    shelf.epoch = null;
    shelf.raiseEpoch(raised, memory.now());
    shelf.erasedAt = raised.at;
    shelf.rememberRevocation({ attempt, count });
    if (audit?.relayed) memory.outboxes.post(nobody, { ...audit, count }, null, user);
  }
  memory.feed.forget((item) => isAbout(item, command));
  if (userId !== null) memory.accessLog.replace((entry) => withoutUser(entry, { user, userId }));
  return { status: 'erased', count, durable: true };
}

/** Gives how many live sessions ended. */
function forget(
  memory: Memory,
  shelf: User,
  { user, counters, at }: Pick<Erase, 'user' | 'counters' | 'at'>,
): number {
  let count = 0;
  for (const id of [...shelf.sessions, ...shelf.tombstones]) {
    const entry = memory.find(id);
    if (!entry) continue;
    if (isLive(entry.record, at)) count += 1;
    memory.drop(entry);
  }
  shelf.history = [];
  memory.limits.delete(user);
  memory.oneTimes.forget(user);
  memory.outboxes.forget(user);
  for (const id of counters) memory.counters.drop(id);
  return count;
}
