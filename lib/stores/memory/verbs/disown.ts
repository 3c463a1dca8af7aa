import type { SessionRecord } from '../../../domain/session-record';
import type { Disown, DisownOutcome } from '../../../store/disown';
import type { Entry } from '../entry';
import { isLive } from '../liveness';
import type { Memory } from '../memory';
import { restamped, steppedUp } from '../transitions';

export function disown(memory: Memory, command: Disown): DisownOutcome {
  const { at, attempt, audit, ending, epoch, since, oneTime } = command;
  const { oneTimes } = memory;
  const known = oneTimes.find(oneTime.id);
  if (known?.purpose !== oneTime.purpose || known.user !== command.user) return { status: 'missing' };
  const done = oneTimes.disownedBy(known.id, attempt);
  if (done) return { status: 'disowned', ...done, durable: true };
  const refusal = known.expiresAt <= at ? 'expired' : known.uses === 0 ? 'spent' : undefined;
  if (refusal) {
    if (oneTimes.tells(known, 'refusals')) memory.log(command.user, audit[refusal]);
    return { status: refusal, oneTime: known };
  }

  const user = memory.users.open(command.user);
  const met = [...user.sessions].flatMap((id) => {
    const entry = memory.find(id);
    return entry && isLive(entry.record, at) && !isNewer(entry.record, command) ? [entry] : [];
  });
  // Before the epoch rises: what it outdated already should have ended then, and must not pass this one.
  const isDoomed = (entry: Entry): boolean =>
    entry.record.createdAt >= since || memory.outdates(entry) !== undefined;
  const [doomed, others] = [met.filter(isDoomed), met.filter((entry) => !isDoomed(entry))];
  user.raiseEpoch({ at: epoch, reason: ending.reason }, memory.now());
  for (const entry of doomed) memory.bury(entry, ending, attempt);
  for (const entry of others) memory.write(entry, asRemaining(entry.record, epoch), { at });
  const count = doomed.length;
  const stepUps = others.filter(({ record }) => record.profile.impersonator === null).length;
  user.rememberRevocation({ attempt, count });
  oneTimes.tells(known, 'redemptions');
  oneTimes.settle(known, attempt, { count, stepUps });
  memory.log(command.user, { ...audit.disowned, count }, doomed[0]?.record.profile.userId);
  return { status: 'disowned', count, stepUps, durable: true };
}

/** Whether it began since the command was first sent: sent again long after, it leaves that alone. */
function isNewer({ createdAt, startedAt }: SessionRecord, { at, notAfter, epoch }: Disown): boolean {
  const began = Math.min(createdAt, startedAt);
  // What has yet to begin was made before the clock was set back.
  const isToCome = at <= notAfter && began > notAfter;
  return began > epoch && !isToCome;
}

/** Behind an impersonated session is an administrator: there is no login of the user's to confirm. */
function asRemaining(record: SessionRecord, epoch: number): SessionRecord {
  const passing = restamped(record, epoch);
  return record.profile.impersonator === null ? steppedUp(passing) : passing;
}
