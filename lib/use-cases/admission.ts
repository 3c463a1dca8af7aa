import type { Client } from '../domain/client';
import type { Limits } from '../domain/limits';
import type { SessionRecord } from '../domain/session-record';
import type { Create, Eviction, Replaced, Resumption } from '../store/creation';
import { owesLogin } from '../store/kept-entries';
import type { CreateOutcome } from '../store/outcomes';
import { auditEntry, type AuditRules } from './audit';
import { auditClient } from './audit-client';
import type { Context } from './context';
import { systemActor, userActor } from './ending';
import { farewell } from './farewell';
import { type MintedPair, mintPair } from './issued-tokens';
import { type SessionDraft, sessionOf } from './new-session';
import { knowing } from './risk/known-callers';

/** A sign-in as it is put to the store. */
export interface Admission {
  readonly draft: SessionDraft;
  /** Who signs in, where the caller tells: judged with the draft, they are not judged again at their first use. */
  readonly client: Client | undefined;
  readonly limits: Limits;
  readonly replaces: readonly Replaced[];
  readonly replacesDevice: boolean;
  readonly evict: Eviction | null;
  readonly consumes: Resumption | null;
  /** What a refusal by the limits leaves behind, given the time. */
  readonly onReached: ((at: number) => Create['onReached']) | null;
}

/** The store's answer, and the pair whose digests it was given. */
export interface Admitted {
  readonly outcome: CreateOutcome;
  readonly pair: MintedPair;
  readonly at: number;
}

/** Counts, ends what has to end, and inserts: the store's one step. */
export async function admitSession(context: Context, admission: Admission): Promise<Admitted> {
  const { draft, client, limits, replaces, replacesDevice, evict, consumes, onReached } = admission;
  const pair = mintPair(draft.windows.refresh !== null);
  const write = await context.time.stamp();
  const { at } = write;
  const record = knowing(sessionOf(draft, pair.keys, at), client, context.settings.privacy.ip);
  const outcome = await context.store.create({
    ...write,
    record,
    ordered: draft.startedAt !== null,
    audit: auditEntry(context.settings, at, 'session_created', {
      actor: userActor,
      sessionId: record.id,
      ip: record.profile.ip,
      client: auditClient(record.profile),
      ...(record.stepUp && { reason: owesLogin }),
    }),
    replaces,
    replacesDevice,
    replacing: endings(context.settings, record, at, 'replaced'),
    limits,
    evict,
    evicting: endings(context.settings, record, at, consumes ? 'chosen' : 'evicted'),
    onReached: onReached?.(at) ?? null,
    consumes,
  });
  return { outcome, pair, at };
}

/** `chosen`: by the person, whom the limit asked which one to end. */
function endings(
  rules: AuditRules,
  { profile }: SessionRecord,
  at: number,
  how: 'replaced' | 'chosen' | 'evicted',
) {
  const { device: replacedBy, ip } = profile;
  return how === 'replaced'
    ? farewell(rules, at, { event: 'session_revoked', reason: 'replaced', actor: userActor, replacedBy, ip })
    : farewell(rules, at, {
        event: 'session_evicted',
        reason: 'evicted',
        actor: how === 'chosen' ? userActor : systemActor,
        replacedBy,
        ip,
      });
}
