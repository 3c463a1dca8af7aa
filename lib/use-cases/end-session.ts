import type { Actor } from '../domain/actor';
import type { AuditClient, AuditEvent } from '../domain/audit-entry';
import type { EndReason } from '../domain/end-reason';
import type { SessionId, UserKey } from '../domain/session-id';
import type { RevokeOutcome } from '../store/outcomes';
import type { AuditRules } from './audit';
import type { Context } from './context';
import { writeEnding } from './ending';
import { presentEnded } from './present';

/** What it takes to end a session. */
export type EndingContext = Pick<Context, 'store' | 'time' | 'events' | 'unconfirmed'> & {
  readonly settings: AuditRules;
};

interface Target {
  readonly id: SessionId;
  readonly owner?: UserKey | null;
  /** Leaves alone a session that has been given another family since it was judged. */
  readonly family?: Buffer | null;
  readonly reason: EndReason;
  readonly actor: Actor;
  readonly event?: AuditEvent;
  /** Whoever called, where the entry is to tell of that, and from where. */
  readonly caller?: { readonly ip: string | null; readonly client: AuditClient } | undefined;
}

/** Ends one session in the store and tells of it, once however often it is ended. */
export async function endSession(
  { settings, store, time, events, unconfirmed }: EndingContext,
  { owner = null, family = null, caller, ...target }: Target,
): Promise<RevokeOutcome> {
  const write = await time.stamp();
  const from = { ip: caller?.ip ?? null, client: caller?.client ?? null };
  const command = { ...writeEnding(settings, write, { ...target, ...from }), owner, family };
  const outcome = await store.revoke(command);
  if (outcome.status === 'missing') return outcome;
  const { record, changed, durable } = outcome;
  if (changed) {
    const { reason, actor } = target;
    events.emit('session.ended', { session: presentEnded(record), reason, actor, durable });
  }
  if (!durable) {
    const repeat = (notAfter: number) => store.revoke({ ...command, notAfter });
    unconfirmed.add({ userId: record.profile.userId, sessionId: record.id, repeat });
  }
  return outcome;
}
