import type { Actor } from './actor';
import type { EndReason } from './end-reason';

/** The ending of everybody's sessions: how far it has come. Times are ISO 8601. */
export interface FleetEndingView {
  readonly id: string;
  readonly status: 'running' | 'finished';
  readonly reason: EndReason;
  readonly actor: Actor;
  readonly startedAt: string;
  /** null while it is running. */
  readonly finishedAt: string | null;
  /** How many sessions there were by the dry run. */
  readonly expected: number;
  readonly endedSessions: number;
  readonly endedUsers: number;
  /** Only where replicas did not confirm all of it in time, so that a failover could undo a part: end all sessions again after one. */
  readonly durable?: false;
}
