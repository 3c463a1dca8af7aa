import { holdsAccess } from '../../../domain/holds-access';
import type { SessionRecord } from '../../../domain/session-record';
import type { RevokeAll } from '../../../store/commands';
import type { RevokeAllOutcome } from '../../../store/outcomes';
import type { Entry } from '../entry';
import { isLive } from '../liveness';
import type { Memory } from '../memory';
import { rekeyed, restamped } from '../transitions';

export function revokeAll(memory: Memory, command: RevokeAll): RevokeAllOutcome {
  const { at, attempt, audit, ending, epoch } = command;
  const user = memory.users.open(command.user);
  const excepted = exceptedEntry(memory, command);
  const made = user.revocation(attempt);
  if (made) return { status: 'ended', count: made.count, durable: true, kept: excepted?.record ?? null };

  // Only now: a resend finds the session re-keyed by its own first run.
  const { exceptDigest } = command;
  const kept =
    excepted && (exceptDigest === null || holdsAccess(excepted.record, exceptDigest)) ? excepted : undefined;
  if (epoch !== null) user.raiseEpoch({ at: epoch, reason: ending.reason }, memory.now());
  const doomed = [...user.sessions].flatMap((id) => {
    const entry = id === kept?.record.id ? undefined : memory.find(id);
    return entry && isLive(entry.record, at) && isDoomed(entry.record, command) ? [entry] : [];
  });
  for (const entry of doomed) memory.bury(entry, ending, attempt);
  user.rememberRevocation({ attempt, count: doomed.length });
  memory.log(command.user, { ...audit, count: doomed.length });
  const survivor = kept && memory.write(kept, asKept(kept.record, command), { at });
  return { status: 'ended', count: doomed.length, durable: true, kept: survivor ?? null };
}

function exceptedEntry(memory: Memory, { except, user, at }: RevokeAll): Entry | undefined {
  const entry = except === null ? undefined : memory.find(except);
  return entry?.user === user && isLive(entry.record, at) ? entry : undefined;
}

function isDoomed(
  { trusted, createdAt, startedAt }: SessionRecord,
  { untrustedOnly, epoch, at, notAfter }: RevokeAll,
): boolean {
  if (untrustedOnly && trusted) return false;
  const began = epoch === null ? createdAt : startedAt;
  const isToCome = at <= notAfter && began > notAfter;
  // Sent again long after, it leaves alone what began since. What has yet to begin was made before the clock was set back.
  return began <= (epoch ?? at) || isToCome;
}

function asKept(record: SessionRecord, { epoch, rekey, at }: RevokeAll): SessionRecord {
  const passing = epoch === null ? record : restamped(record, epoch);
  return rekey === null ? passing : rekeyed(passing, rekey, at);
}
