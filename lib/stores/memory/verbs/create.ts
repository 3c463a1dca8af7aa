import { SessionError } from '../../../domain/error';
import { type UserKey, userKey } from '../../../domain/session-id';
import type { SessionRecord } from '../../../domain/session-record';
import type { Create } from '../../../store/creation';
import type { CreateOutcome, LimitReached } from '../../../store/outcomes';
import { isLimited, judge, type Reached } from '../crowd';
import type { Entry } from '../entry';
import { endAll, endedBy, type Leaving } from '../farewells';
import { isLive } from '../liveness';
import type { Memory } from '../memory';
import { restamped } from '../transitions';
import { eachOnce, ofItsDevice, replacedBy } from './leaving';
import { countedEntries } from './counted-entries';

const shown = 100;

export function create(memory: Memory, command: Create): CreateOutcome {
  const { record, at, attempt, consumes } = command;
  const user = userKey(record.profile.userId);
  const used = memory.find(record.id);
  if (used && !used.createdBy.equals(attempt)) {
    throw new SessionError('internal_error', { detail: 'the session id is in use' });
  }
  if (used) return created(memory, used, command);

  if (isSpent(memory, command)) return { status: 'spent' };
  // a time that has not come yet would pass epochs that have not come yet
  const claimed = { ...record, startedAt: Math.min(record.startedAt, at) };
  const epoch = memory.epochOf(user)?.at ?? -Infinity;
  const isStale = (command.ordered && claimed.startedAt <= epoch) || memory.wasErased(user, at);
  if (isStale) return { status: 'stale-sign-in' };
  const target = consumes ? memory.find(consumes.ends) : undefined;
  if (consumes && (target?.user !== user || target.record.profile.impersonator))
    return { status: 'unknown-target' };

  const named = target && isLive(target.record, at) ? [{ entry: target, farewell: command.evicting }] : [];
  const { leaving, reached } = settle(memory, user, command, named);
  if (reached) return refuse(memory, user, command, reached, named);

  if (leaving.length > memory.retention.tombstones) {
    memory.users.open(user).rememberRevocation({ attempt, count: leaving.length });
  }
  // what ends makes room: a full store refuses before anything changed
  endAll(memory, leaving, attempt);
  memory.add(user, restamped(claimed, epoch), at, attempt);
  if (consumes) memory.oneTimes.delete(consumes.oneTime);
  memory.log(user, command.audit, record.profile.userId);
  return created(memory, memory.find(record.id)!, command);
}

function isSpent(memory: Memory, { consumes, at }: Create): boolean {
  if (!consumes) return false;
  const held = memory.oneTimes.find(consumes.oneTime);
  return held === undefined || held.expiresAt <= at;
}

interface Settled {
  /** Who ends when this session comes, in order. */
  readonly leaving: readonly Leaving[];
  /** The limit that forbids it even so. */
  readonly reached: Reached | null;
}

function settle(memory: Memory, user: UserKey, command: Create, named: readonly Leaving[]): Settled {
  const { record, at, evict, evicting: farewell } = command;
  const rules = { limits: command.limits, stored: memory.limits.get(user) ?? null };
  // without a limit nobody is counted, nor replaced for their device
  const live = isLimited(record, rules) ? countedEntries(memory, user, at) : [];
  const ending = eachOnce([...replacedBy(memory, user, command), ...ofItsDevice(live, command), ...named]);
  const isEnding = new Set(ending.map(({ entry }) => entry.record.id));
  const crowd = live.map((entry) => entry.record).filter(({ id }) => !isEnding.has(id));
  const { evicted, reached } = judge(crowd, rules, record, evict);
  const makingRoom = evicted.map(({ id }) => ({ entry: memory.find(id)!, farewell }));
  // where not all can leave a tombstone, what was named does
  return { leaving: [...makingRoom, ...ending], reached };
}

function created(memory: Memory, { record, user }: Entry, { at, attempt }: Create): CreateOutcome {
  const others = countedEntries(memory, user, at).filter((entry) => entry.record.id !== record.id).length;
  const ended = endedBy(memory, user, attempt);
  const endedCount = memory.users.get(user)?.revocation(attempt)?.count ?? ended.length;
  return { status: 'created', record, ended, endedCount, others };
}

/** With a token to consume, its bearer's choice has ended; without, the refusal leaves one behind. */
function refuse(
  memory: Memory,
  user: UserKey,
  { record, at, attempt, consumes, onReached }: Create,
  { limit, counted, countedByAny }: Reached,
  named: readonly Leaving[],
): LimitReached {
  if (consumes) endAll(memory, named, attempt);
  else if (onReached && memory.oneTimes.put(onReached.oneTime, at)) {
    memory.log(user, onReached.audit, record.profile.userId);
  }
  const ended = endedBy(memory, user, attempt);
  const isForPerson = consumes !== null || onReached !== null;
  const records = isForPerson
    ? [...counted].sort(lastUsedFirst).slice(0, shown)
    : [...countedByAny].sort(lastUsedFirst);
  return { status: 'limit-reached', limit, records, ended };
}

function lastUsedFirst(one: SessionRecord, other: SessionRecord): number {
  return other.lastSeenAt - one.lastSeenAt || (one.id < other.id ? -1 : 1);
}
