import type { Client } from '../domain/client';
import { SessionError } from '../domain/error';
import { isSameNetwork } from '../domain/network';
import type { RiskFacts } from '../domain/risk-facts';
import type { ParentCredentials, SessionRecord } from '../domain/session-record';
import { isSameDevice } from '../policies/device-context';
import { judgeRefresh } from '../policies/rotation';
import { deriveSuccessor, type SuccessorSecrets } from '../tokens/derive';
import { digestOf } from '../tokens/digest';
import { mintNonce } from '../tokens/mint';
import { readRefreshToken } from '../tokens/refresh-token';
import { auditEntry } from './audit';
import { auditClient } from './audit-client';
import type { Context } from './context';
import { userActor } from './ending';
import type { RefreshOptions } from './inputs';
import { writeTokens } from './issued-tokens';
import type { RefreshOutcome, Renewal } from './outcomes';
import { presentSession } from './present';
import { expired, invalid, revoked } from './refusal';
import { type Attempt, endAs, endMissed, endOutdated, profileCaller, refuseFirst } from './refused-renewal';
import { judgeRenewal, seenBeforeRenewal } from './risk/renewal';

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
  const refused = isAskedFirst ? await refuseFirst(attempt) : undefined;
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
      const { record } = outcome;
      context.events.emit('token.rotated', { session: presentSession(record, true) });
      const outdated = isAskedFirst ? undefined : await endOutdated(attempt, record);
      return outdated ?? handOut(attempt, 'rotated', record, next, isAskedFirst ? 'judged' : null);
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
        return endAs(attempt, 'reused', 'token_reuse', record!);
      case 'rolled-back':
        return endAs(attempt, 'rolled-back', 'store_rolled_back', record!);
      case 'repeat': {
        const repeated = await repeat(attempt, record!, judged.parent);
        if (repeated.status === 'repeated') return (await endOutdated(attempt, record!)) ?? repeated.handOut();
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
  const caller = callerOf(attempt);
  const ip = caller?.ip ?? null;
  const { family, generation } = record.credentials;
  const audit = auditEntry(context.settings, write.at, 'token_repeated', {
    actor: userActor,
    sessionId: token.id,
    ...caller,
  });
  const outcome = await context.store.repeat({ ...write, id: token.id, family, generation, audit });
  if (outcome.status !== 'repeated') return outcome;
  const known = outcome.record;
  const late = write.at > record.credentials.rotatedAt + record.windows.grace;
  const otherNetwork = !isSameNetwork(record.profile.ip, ip);
  if (late || otherNetwork) {
    context.events.emit('token.repeated', { session: presentSession(known, true), late, otherNetwork });
  }
  const secrets = deriveSuccessor(parent.nonce, token.secret);
  // Tabs repeat each other's renewals all day.
  const replay = late || otherNetwork ? { late, otherNetwork } : null;
  return { status: 'repeated', handOut: () => handOut(attempt, 'repeated', known, secrets, replay) } as const;
}

/** Gives out the tokens of a renewal, unless the risk of it ends the session. A session that owes a fresh login renews: the person has to get there. */
async function handOut(
  { context, write, client }: Attempt,
  status: 'rotated' | 'repeated',
  record: SessionRecord,
  secrets: SuccessorSecrets,
  replay: RiskFacts['replay'] | 'judged',
): Promise<RefreshOutcome> {
  const renewal = { record, client, at: write.at, seenAt: seenBeforeRenewal(record, write.at) };
  const verdict = replay === 'judged' ? undefined : await judgeRenewal(context, { ...renewal, replay });
  switch (verdict?.status) {
    case undefined:
    case 'unsettled':
      return { status, ...renew(record, secrets) };
    case 'passed':
      return { status, ...renew({ ...record, profile: verdict.profile }, secrets) };
    case 'step-up':
      return { status, ...renew({ ...record, profile: verdict.profile, stepUp: true }, secrets) };
    case 'ended':
      return revoked(verdict.reason);
    case 'gone': {
      const ending = (await context.store.find(record.id))?.ending;
      return ending ? revoked(ending.reason, ending.replacedBy) : invalid();
    }
  }
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

/** What the history is told of whoever presented the token. */
function callerOf(attempt: Attempt) {
  const caller = profileCaller(attempt);
  return caller && { ip: caller.ip, client: auditClient(caller) };
}
