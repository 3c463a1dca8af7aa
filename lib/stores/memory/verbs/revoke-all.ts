import { effectiveExpiresAt } from '../../../domain/deadlines';
import { holdsAccess } from '../../../domain/holds-access';
import type { SessionRecord } from '../../../domain/session-record';
import type { RevokeAll } from '../../../store/commands';
import type { RevokeAllOutcome } from '../../../store/outcomes';
import type { Entry } from '../entry';
import { isLive } from '../liveness';
import type { Memory } from '../memory';
import { rekeyed, restamped } from '../transitions';

export function revokeAll(memory: Memory, command: RevokeAll): RevokeAllOutcome {
  const { at, attempt, audit, ending, epoch, most } = command;
  const user = memory.users.open(command.user);
  const excepted = exceptedEntry(memory, command);
  const made = user.revocation(attempt);
  if (made) return ended(command, made.count, excepted?.record);

  // Only now: a resend finds the session re-keyed by its own first run.
  const kept = excepted && mayStay(memory, excepted, command) ? excepted : undefined;
  if (epoch !== null) user.raiseEpoch({ at: epoch, reason: ending.reason }, memory.now());
  const all = [...user.sessions].flatMap((id) => {
    const entry = id === kept?.record.id ? undefined : memory.find(id);
    return entry && isLive(entry.record, at) && isDoomed(entry.record, command) ? [entry] : [];
  });
  const doomed = most === null ? all : all.sort(lastToExpireFirst).slice(0, most);
  for (const entry of doomed) memory.bury(entry, ending, attempt);
  user.rememberRevocation({ attempt, count: doomed.length });
  if (most === null || doomed.length > 0)
    memory.log(command.user, { ...audit, count: doomed.length }, (doomed[0] ?? kept)?.record.profile.userId);
  const survivor = kept && memory.write(kept, asKept(kept.record, command), { at });
  return ended(command, doomed.length, survivor);
}

function ended({ most }: RevokeAll, count: number, kept: SessionRecord | undefined): RevokeAllOutcome {
  return { status: 'ended', count, remaining: most !== null && count >= most, durable: true, kept: kept ?? null };
}

/** One that should have ended with those before must not pass this epoch either. */
function mayStay(memory: Memory, entry: Entry, { exceptDigest }: RevokeAll): boolean {
  const isOwners = exceptDigest === null || holdsAccess(entry.record, exceptDigest);
  return isOwners && memory.outdates(entry) === undefined;
}

function lastToExpireFirst(one: Entry, other: Entry): number {
  return effectiveExpiresAt(other.record) - effectiveExpiresAt(one.record);
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
