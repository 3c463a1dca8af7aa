import { applicationLimit, type LimitKind, type Limits, type ReachedLimit, userLimit } from '../../domain/limits';
import type { SessionRecord } from '../../domain/session-record';
import type { Eviction } from '../../store/creation';

/** The limits that a command brings, and the user's own that the store holds. */
export interface Rules {
  readonly limits: Limits;
  readonly stored: number | null;
}

/** Who has to go, and what stays exceeded even then. */
export interface Verdict {
  /** In the order in which they were chosen. */
  readonly evicted: readonly SessionRecord[];
  readonly reached: Reached | null;
}

/** The narrowest limit that is exceeded, the sessions that it counts, and those that any counts that is exceeded. */
export interface Reached {
  readonly limit: ReachedLimit;
  readonly counted: readonly SessionRecord[];
  readonly countedByAny: readonly SessionRecord[];
}

/** What one limit counts. */
interface Group extends ReachedLimit {
  readonly name: string;
}

/** By how much each group exceeds its limit, those that do. */
type Excess = Map<string, number>;

/** Whether any limit counts this session. */
export function isLimited(record: SessionRecord, rules: Rules): boolean {
  return groupsOf(record, rules).length > 0;
}

/**
 * Which of the live sessions end, so that the limits of the newcomer hold with it; without one, so that all limits do. Pure, and
 * never asks for more than there are.
 */
export function judge(
  crowd: readonly SessionRecord[],
  rules: Rules,
  newcomer: SessionRecord | null,
  evict: Eviction | null,
): Verdict {
  const excess = excessOf(crowd, rules, newcomer);
  const evicted = evict ? choose(inOrder(crowd, evict), rules, excess) : [];
  const exceeded = newcomer ? groupsOf(newcomer, rules).filter(({ name }) => excess.has(name)) : [];
  return { evicted, reached: reachedOf(exceeded, crowd, rules) };
}

function reachedOf(exceeded: readonly Group[], crowd: readonly SessionRecord[], rules: Rules): Reached | null {
  const [narrowest] = exceeded;
  if (!narrowest) return null;
  const countedBy = (groups: readonly Group[]): SessionRecord[] => {
    const names = new Set(groups.map(({ name }) => name));
    return crowd.filter((record) => groupsOf(record, rules).some(({ name }) => names.has(name)));
  };
  const { per, max } = narrowest;
  return { limit: { per, max }, counted: countedBy([narrowest]), countedByAny: countedBy(exceeded) };
}

/** The groups with a limit that a session counts for, the narrowest first; none for one used by an administrator. */
function groupsOf({ applicationId, profile }: SessionRecord, { limits, stored }: Rules): Group[] {
  if (profile.impersonator) return [];
  const { type } = profile.device;
  const all: [per: LimitKind, name: string, max: number | null][] = [
    ['device-type', type, limits.deviceTypes[type] ?? null],
    ['application', applicationId, applicationLimit(limits, applicationId)],
    ['user', '', userLimit(limits, stored)],
  ];
  return all.flatMap(([per, name, max]) => (max === null ? [] : [{ per, name: `${per}:${name}`, max }]));
}

function excessOf(crowd: readonly SessionRecord[], rules: Rules, newcomer: SessionRecord | null): Excess {
  const judged = newcomer && new Set(groupsOf(newcomer, rules).map(({ name }) => name));
  const excess: Excess = new Map();
  const counts = new Map<string, number>();
  for (const record of newcomer ? [...crowd, newcomer] : crowd) {
    for (const { name, max } of groupsOf(record, rules)) {
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      if (count > max && judged?.has(name) !== false) excess.set(name, count - max);
    }
  }
  return excess;
}

/** Those named first, then the oldest or those not used for longest. */
function inOrder(crowd: readonly SessionRecord[], { first, order }: Eviction): SessionRecord[] {
  const rank = new Map([...first].reverse().map((id, index) => [id, first.length - index]));
  const rankOf = ({ id }: SessionRecord): number => rank.get(id) ?? Infinity;
  const timeOf = (record: SessionRecord): number => (order === 'oldest' ? record.createdAt : record.lastSeenAt);
  return [...crowd].sort((one, other) => {
    if (rankOf(one) !== rankOf(other)) return rankOf(one) - rankOf(other);
    return timeOf(one) - timeOf(other) || (one.id < other.id ? -1 : 1);
  });
}

/** First what the narrow limits need: what ends for them counts for the user's too. Takes out of `excess` what it makes good. */
function choose(queue: readonly SessionRecord[], rules: Rules, excess: Excess): SessionRecord[] {
  const chosen = new Set<SessionRecord>();
  for (const isNarrow of [true, false]) {
    for (const record of queue) {
      const groups = groupsOf(record, rules);
      const isNeeded = groups.some(({ per, name }) => (per !== 'user') === isNarrow && excess.has(name));
      if (!isNeeded || chosen.has(record)) continue;
      chosen.add(record);
      for (const { name } of groups) makeGood(excess, name);
    }
  }
  return [...chosen];
}

function makeGood(excess: Excess, name: string): void {
  const left = (excess.get(name) ?? 0) - 1;
  if (left > 0) excess.set(name, left);
  else excess.delete(name);
}
