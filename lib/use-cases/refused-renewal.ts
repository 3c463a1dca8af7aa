import { type ClientProfile, profileClient } from '../device/client-profile';
import type { Client } from '../domain/client';
import type { EndReason } from '../domain/end-reason';
import { SessionError } from '../domain/error';
import { sameBytes } from '../domain/same-bytes';
import type { SessionRecord } from '../domain/session-record';
import { judgeRefresh, type PresentedRefresh } from '../policies/rotation';
import type { Write } from '../store/commands';
import type { RefreshToken } from '../tokens/refresh-token';
import { auditClient } from './audit-client';
import type { Context } from './context';
import { changedSince } from './credentials-changed';
import { endSession } from './end-session';
import { systemActor } from './ending';
import type { RefreshOutcome } from './outcomes';
import { presentEnded } from './present';
import { invalid, revoked } from './refusal';
import { assessReuse, judgeRenewal } from './risk/renewal';

/** A refresh under way. */
export interface Attempt {
  readonly context: Context;
  readonly write: Write;
  readonly token: RefreshToken;
  readonly presented: PresentedRefresh;
  readonly client: Client | undefined;
}

/** Ends a session that was to have ended with all others, and that the ending did not meet. */
export async function endMissed({ context, token }: Attempt, reason: EndReason): Promise<RefreshOutcome> {
  const { id, family } = token;
  await endSession(context, { id, family, reason, actor: systemActor });
  return revoked(reason);
}

/**
 * Ends a session that began before its user's credentials changed, and gives undefined for any other. Asked once the exchange
 * is stored and before its tokens are handed out: no change before that is missed, and where the app's answer fails the
 * client's next try is given the same pair.
 */
export async function endOutdated(
  { context, token }: Attempt,
  { profile, startedAt }: SessionRecord,
): Promise<RefreshOutcome | undefined> {
  if (!(await changedSince(context, profile.userId, startedAt))) return undefined;
  const { id, family } = token;
  const reason = 'password_changed';
  const outcome = await endSession(context, { id, family, reason, actor: systemActor });
  return outcome.status === 'missing' ? invalid() : revoked(outcome.record.ending?.reason ?? reason);
}

/**
 * The same before the exchange, at the cost of a read, and the judgement of its risk: without grace no spent token is honoured again, so
 * nothing that can fail may come after it.
 */
export async function refuseFirst(attempt: Attempt): Promise<RefreshOutcome | undefined> {
  const { context, token, presented, client, write } = attempt;
  const { credentialsChangedAt, risk } = context.settings;
  if (!credentialsChangedAt && !(risk && client)) return undefined;
  const known = await context.store.find(token.id);
  const isTheirs = known?.ending === null && sameBytes(token.family, known.credentials.family);
  if (!isTheirs) return undefined;
  const record = known;
  const outdated = await endOutdated(attempt, record);
  if (outdated) return outdated;
  if (judgeRefresh(record, presented, write.at, () => false).status !== 'rotate') return undefined;
  const renewal = { record, client, at: write.at, seenAt: record.lastSeenAt, replay: null };
  const verdict = await judgeRenewal(context, renewal);
  return verdict?.status === 'ended' ? revoked(verdict.reason) : undefined;
}

/** Ends the session, unless it has been given another family since: then the presented token is nobody's any more. */
export async function endAs(
  attempt: Attempt,
  status: 'reused' | 'rolled-back',
  reason: 'token_reuse' | 'store_rolled_back',
  record: SessionRecord,
): Promise<RefreshOutcome> {
  const { context, token, write } = attempt;
  const event = status === 'reused' ? 'token_reused' : 'store_rolled_back';
  const profile = profileCaller(attempt);
  const risk = status === 'reused' ? assessReuse(context.settings, { record, profile, at: write.at }) : null;
  const caller = profile && { ip: profile.ip, client: auditClient({ ...profile, risk }) };
  const { id, family } = token;
  const outcome = await endSession(context, { id, family, reason, actor: systemActor, event, caller });
  if (outcome.status === 'missing') return invalid();
  if (!outcome.changed) return revoked(outcome.record.ending?.reason ?? reason);
  const session = presentEnded(outcome.record);
  if (status === 'reused') context.events.emit('token.reused', { session, risk });
  else context.events.emit('store.rolled-back', { session });
  return { status, error: new SessionError('session_revoked', { reason }) };
}

/** undefined where the caller tells nothing of the client. */
export function profileCaller({ context, client }: Attempt): ClientProfile | undefined {
  return client && profileClient(client, context.devices, context.settings.privacy);
}
