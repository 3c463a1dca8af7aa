import { isSameNetwork } from '../device/network';
import { type ClientProfile, profileClient } from '../device/client-profile';
import type { Client } from '../domain/client';
import type { EndReason } from '../domain/end-reason';
import { SessionError } from '../domain/error';
import { sameBytes } from '../domain/same-bytes';
import type { ParentCredentials, SessionRecord } from '../domain/session-record';
import { isSameDevice } from '../policies/device-context';
import { judgeRefresh, type PresentedRefresh } from '../policies/rotation';
import type { Write } from '../store/commands';
import { deriveSuccessor, type SuccessorSecrets } from '../tokens/derive';
import { digestOf } from '../tokens/digest';
import { mintNonce } from '../tokens/mint';
import { readRefreshToken, type RefreshToken } from '../tokens/refresh-token';
import { auditEntry } from './audit';
import type { Context } from './context';
import { changedSince } from './credentials-changed';
import { endSession } from './end-session';
import { systemActor, userActor } from './ending';
import type { RefreshOptions } from './inputs';
import { writeTokens } from './issued-tokens';
import type { RefreshOutcome, Renewal } from './outcomes';
import { presentEnded, presentSession } from './present';
import { expired, invalid, revoked } from './refusal';

/** A refresh under way. */
interface Attempt {
  readonly context: Context;
  readonly write: Write;
  readonly token: RefreshToken;
  readonly presented: PresentedRefresh;
  readonly client: Client | undefined;
}

// Each turn means that another request changed the same session in between.
const maxTurns = 5;

/** Exchanges a refresh token: swaps in one step where it is current; otherwise judges what it is and acts on that. */
export async function refreshSession(
  context: Context,
  text: string,
  client: Client | undefined,
  { slide = true }: RefreshOptions,
): Promise<RefreshOutcome> {
  const token = readRefreshToken(text);
  if (!token) return invalid();
  const { id, family, generation } = token;
  const presented = { family, generation, digest: digestOf(token.secret) };
  const nonce = mintNonce();
  const next = deriveSuccessor(nonce, token.secret);
  const write = await context.time.stamp();
  const attempt = { context, write, token, presented, client };
  const isAskedFirst = context.settings.rotation.grace === 0;
  const refused = isAskedFirst ? await endKnownOutdated(attempt) : undefined;
  if (refused) return refused;
  const outcome = await context.store.rotate({
    ...write,
    id,
    family,
    generation,
    presented: presented.digest,
    nonce,
    accessDigest: digestOf(next.access),
    refreshDigest: digestOf(next.refresh),
    slide,
  });
  if (outcome.status !== 'missing') context.clockWatch.note(outcome.record, write.at);
  switch (outcome.status) {
    case 'missing':
      return invalid();
    case 'rotated': {
      const renewal = renew(outcome.record, next);
      context.events.emit('token.rotated', { session: renewal.session });
      const outdated = isAskedFirst ? undefined : await endOutdated(attempt, outcome.record);
      return outdated ?? { status: 'rotated', ...renewal };
    }
    case 'outdated':
      return endMissed(attempt, outcome.reason);
    case 'unchanged':
      return settle(attempt, outcome.record);
  }
}

/** Acts on a token that was not the current one. */
async function settle(attempt: Attempt, first: SessionRecord): Promise<RefreshOutcome> {
  const { context, write, presented, token } = attempt;
  let record: SessionRecord | undefined = first;
  for (let turn = 0; turn < maxTurns; turn++) {
    const judged = judgeRefresh(record, presented, write.at, (known) => isFromSameDevice(attempt, known));
    switch (judged.status) {
      case 'invalid':
        return invalid();
      case 'expired':
        return expired(false);
      case 'revoked':
        return revoked(judged.reason, record?.ending?.replacedBy);
      case 'reused':
        return endAs(attempt, 'reused', 'token_reuse');
      case 'rolled-back':
        return endAs(attempt, 'rolled-back', 'store_rolled_back');
      case 'repeat': {
        const repeated = await repeat(attempt, record!, judged.parent);
        if (repeated.status === 'repeated') return (await endOutdated(attempt, record!)) ?? repeated;
        if (repeated.status === 'outdated') return endMissed(attempt, repeated.reason);
        record = repeated.status === 'conflict' ? repeated.record : await context.store.find(token.id);
        break;
      }
      case 'rotate':
        throw new SessionError('store_unavailable', { detail: 'The store refused a rotation and gave no reason.' });
    }
  }
  throw new SessionError('store_unavailable', { detail: 'The session kept changing during the refresh.' });
}

async function repeat(attempt: Attempt, record: SessionRecord, parent: ParentCredentials) {
  const { context, write, token } = attempt;
  const ip = profileCaller(attempt)?.ip ?? null;
  const { family, generation } = record.credentials;
  const audit = auditEntry(write.at, 'token_repeated', {
    actor: userActor,
    sessionId: token.id,
    ip,
  });
  const outcome = await context.store.repeat({ ...write, id: token.id, family, generation, audit });
  if (outcome.status !== 'repeated') return outcome;
  const renewal = renew(outcome.record, deriveSuccessor(parent.nonce, token.secret));
  const late = write.at > record.credentials.rotatedAt + record.windows.grace;
  const otherNetwork = !isSameNetwork(record.profile.ip, ip);
  if (late || otherNetwork) {
    context.events.emit('token.repeated', { session: renewal.session, late, otherNetwork });
  }
  return { status: 'repeated', ...renewal } as const;
}

/** Ends a session that was to have ended with all others, and that the ending did not meet. */
async function endMissed({ context, token }: Attempt, reason: EndReason): Promise<RefreshOutcome> {
  const { id, family } = token;
  await endSession(context, { id, family, reason, actor: systemActor });
  return revoked(reason);
}

/**
 * Ends a session that began before its user's credentials changed, and gives undefined for any other. Asked once the exchange
 * is stored and before its tokens are handed out: no change before that is missed, and where the app's answer fails the
 * client's next try is given the same pair.
 */
async function endOutdated(
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
 * The same before the exchange, at the cost of a read: without grace no spent token is honoured again, so nothing that can fail
 * may come after it.
 */
async function endKnownOutdated(attempt: Attempt): Promise<RefreshOutcome | undefined> {
  const { context, token } = attempt;
  if (!context.settings.credentialsChangedAt) return undefined;
  const known = await context.store.find(token.id);
  const isTheirs = known?.ending === null && sameBytes(token.family, known.credentials.family);
  return isTheirs ? endOutdated(attempt, known) : undefined;
}

/** Ends the session, unless it has been given another family since: then the presented token is nobody's any more. */
async function endAs(
  { context, token }: Attempt,
  status: 'reused' | 'rolled-back',
  reason: 'token_reuse' | 'store_rolled_back',
): Promise<RefreshOutcome> {
  const event = status === 'reused' ? 'token_reused' : 'store_rolled_back';
  const { id, family } = token;
  const outcome = await endSession(context, { id, family, reason, actor: systemActor, event });
  if (outcome.status === 'missing') return invalid();
  if (!outcome.changed) return revoked(outcome.record.ending?.reason ?? reason);
  const session = presentEnded(outcome.record);
  context.events.emit(status === 'reused' ? 'token.reused' : 'store.rolled-back', { session });
  return { status, error: new SessionError('session_revoked', { reason }) };
}

function renew(record: SessionRecord, secrets: SuccessorSecrets): Renewal {
  return {
    session: presentSession(record, true),
    tokens: writeTokens(record, secrets),
    graceMilliseconds: record.windows.grace,
  };
}

/** A caller that says nothing of the client claims nothing: only what HTTP saw is compared. */
function isFromSameDevice(attempt: Attempt, { profile }: SessionRecord): boolean {
  const caller = profileCaller(attempt);
  return caller === undefined || isSameDevice(profile, caller);
}

function profileCaller({ context, client }: Attempt): ClientProfile | undefined {
  return client && profileClient(client, context.devices);
}
