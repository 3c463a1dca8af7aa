import type { Actor } from '../../domain/actor';
import type { CounterId } from '../../domain/slotted-id';
import { auditEntry } from '../audit';
import type { AccountCounters } from './subject';
import type { Backend } from './tally';

interface Release {
  readonly actor: Actor;
  /** Whether the history is to tell of it, if anything was counted. */
  readonly isAudited: boolean;
  /** The counter of a device that has signed in. */
  readonly known?: CounterId | null;
}

/**
 * Forgets an account's failures, wherever they came from: what was counted from one address or device holds only as long as the
 * account's series goes on. Gives whether there were any. 1 round trip.
 */
export async function release(
  { settings, store, time }: Backend,
  { name, strangers, knownDevices, abandoned, user }: AccountCounters,
  { actor, isAudited, known = null }: Release,
): Promise<boolean> {
  const write = await time.stamp();
  const entry = auditEntry(settings, write.at, 'account_unlocked', { actor, sessionId: null, subject: name });
  const { forgot } = await store.reset({
    ...write,
    counters: [strangers, knownDevices, abandoned],
    known,
    audit: isAudited ? { user, entry } : null,
  });
  return forgot;
}
