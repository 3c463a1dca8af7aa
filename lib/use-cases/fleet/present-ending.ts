import type { FleetEndingView } from '../../domain/fleet-ending-view';
import { isoTime } from '../../domain/iso-time';
import type { FleetEnding } from '../../store/fleet';

/** What people may see of it. */
export function presentEnding(ending: FleetEnding): FleetEndingView {
  const { id, reason, actor, startedAt, finishedAt, expected, endedSessions, endedUsers, durable } = ending;
  return {
    id,
    status: finishedAt === null ? 'running' : 'finished',
    reason,
    actor,
    startedAt: isoTime(startedAt),
    finishedAt: finishedAt === null ? null : isoTime(finishedAt),
    expected,
    endedSessions,
    endedUsers,
    ...(durable ? {} : { durable }),
  };
}
