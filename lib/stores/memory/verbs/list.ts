import { effectiveExpiresAt } from '../../../domain/deadlines';
import type { SessionRecord } from '../../../domain/session-record';
import type { ListPosition, ListQuery } from '../../../store/commands';
import type { ListOutcome } from '../../../store/outcomes';
import { isLive } from '../liveness';
import type { Memory } from '../memory';

interface Row {
  readonly record: SessionRecord;
  readonly position: ListPosition;
}

export function list(memory: Memory, query: ListQuery): ListOutcome {
  const { kind, after, limit } = query;
  const order = kind === 'active' ? ascending : descending;
  const rows = rowsOf(memory, query)
    .sort((one, other) => order(one.position, other.position))
    .filter(({ position }) => after === null || order(after, position) < 0);
  const page = rows.slice(0, limit);
  const next = rows.length > limit ? (page.at(-1)?.position ?? null) : null;
  return { records: page.map(({ record }) => record), next };
}

function rowsOf(memory: Memory, { user, kind, at, applicationId }: ListQuery): Row[] {
  const shelf = memory.users.get(user);
  return [...((kind === 'ended' ? shelf?.tombstones : shelf?.sessions) ?? [])].flatMap((id) => {
    const record = memory.find(id)?.record;
    if (!record || (applicationId !== null && record.applicationId !== applicationId)) return [];
    if (isLive(record, at) !== (kind === 'active')) return [];
    const score = record.ending?.at ?? effectiveExpiresAt(record);
    const { tombstoneMilliseconds, expiredMilliseconds } = memory.retention;
    if (at - score >= (kind === 'ended' ? tombstoneMilliseconds : expiredMilliseconds)) return [];
    return [{ record, position: { score, id } }];
  });
}

function ascending(one: ListPosition, other: ListPosition): number {
  return one.score - other.score || (one.id < other.id ? -1 : 1);
}

function descending(one: ListPosition, other: ListPosition): number {
  return ascending(other, one);
}
