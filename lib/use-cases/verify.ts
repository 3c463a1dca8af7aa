import type { Client } from '../domain/client';
import { isoTime } from '../domain/iso-time';
import type { SessionRecord } from '../domain/session-record';
import type { Read } from '../near-cache/reads';
import type { RiskSettings } from '../options/risk';
import { type AccessJudgement, judgeAccess } from '../policies/access';
import { isConfirmationDue, isTouchDue } from '../policies/touch';
import { hasAccessTokenShape, readAccessToken } from '../tokens/access-token';
import { digestOf } from '../tokens/digest';
import { admitted, isCallerOf, stillServes } from './admitted';
import type { Context } from './context';
import { endWithImpersonator } from './impersonation/end-with-impersonator';
import type { VerifyOptions } from './inputs';
import type { ActiveOutcome, VerifyOutcome } from './outcomes';
import { presentSession } from './present';
import { expired, invalid, revoked, stepUpRequired } from './refusal';
import { type ChangedCaller, changedCaller } from './risk/changed-caller';
import { judgeUse } from './risk/judge-use';

/** What the near cache has to say, at once: an active session, or nothing. */
export function verifyFromCache(
  { nearCache, time, settings }: Context,
  token: string,
  options: VerifyOptions,
  client: Client | undefined,
): ActiveOutcome | undefined {
  if (!nearCache || options.fresh === true || !hasAccessTokenShape(token)) return undefined;
  const kept = nearCache.get(token);
  if (!kept) return undefined;
  // A stolen token must not pass for having been seen with its owner a moment ago.
  if (settings.risk?.onUse && client && !isCallerOf(kept, client, settings.privacy.ip)) return undefined;
  const at = time.at();
  if (typeof at === 'number') return stillServes(kept, at, options) ? kept.outcome : undefined;
  // The time is not known yet: nobody here waits for it, and its failure must not end the process.
  at.catch(() => undefined);
  return undefined;
}

/**
 * The request path: parse, one read, judge. What the use leaves to be written is written behind the caller's back. A session that an
 * administrator uses costs a second read, of the administrator's own, and is never kept in the near cache.
 */
export async function verifyAccess(
  context: Context,
  token: string,
  client: Client | undefined,
  options: VerifyOptions,
): Promise<VerifyOutcome> {
  const known = verifyFromCache(context, token, options, client);
  if (known) return known;
  const presented = readAccessToken(token);
  if (!presented) return invalid();
  const read = options.fresh === true ? undefined : context.nearCache?.read(presented.id);
  const found = await (read ? read.record : context.store.find(presented.id));
  const now = context.time.at();
  const at = typeof now === 'number' ? now : await now;
  const judged = judgeAccess(found, digestOf(presented.secret), at);
  // Whoever asked past the cache has learnt more than it knows.
  if (judged.status !== 'active') context.nearCache?.changed(presented.id);
  switch (judged.status) {
    case 'invalid':
      return invalid();
    case 'expired':
      return expired(judged.refreshable);
    case 'revoked':
      return revoked(judged.reason, judged.record.ending?.replacedBy);
    case 'step-up':
      return options.allowStepUp === true
        ? admit(context, token, judged, at, options, undefined)
        : stepUpRequired();
    case 'active': {
      if (judged.record.profile.impersonator) {
        // Another's read may have begun before whatever ended this one.
        if (read) return verifyAccess(context, token, client, { ...options, fresh: true });
        return (
          (await endWithImpersonator(context, judged.record)) ??
          admit(context, token, judged, at, options, undefined)
        );
      }
      const { risk, privacy } = context.settings;
      const caller = risk?.onUse ? changedCaller(judged.record, client, privacy.ip) : undefined;
      if (risk && caller) return admitChanged(context, risk, { token, judged, at, options, caller });
      // While the time was awaited the session may have changed, and the read hears of changes no more.
      return admit(context, token, judged, at, options, typeof now === 'number' ? read : undefined);
    }
  }
}

type Good = Extract<AccessJudgement, { readonly record: SessionRecord; readonly current: boolean }>;

interface ChangedUse {
  readonly token: string;
  readonly judged: Good;
  readonly at: number;
  readonly options: VerifyOptions;
  readonly caller: ChangedCaller;
}

/** Admits whoever uses the session from another address or with another user agent than before, unless the risk of that is too high. */
async function admitChanged(
  context: Context,
  risk: RiskSettings,
  { token, judged, at, options, caller }: ChangedUse,
): Promise<VerifyOutcome> {
  const { record } = judged;
  const use = { ...caller, occasion: 'use', record, seenAt: record.lastSeenAt, at, replay: null } as const;
  const verdict = await judgeUse(context, risk, use);
  switch (verdict.status) {
    case 'passed':
      return admit(
        context,
        token,
        { ...judged, record: { ...record, profile: verdict.profile } },
        at,
        options,
        undefined,
      );
    case 'unsettled':
      return admit(context, token, judged, at, options, undefined);
    case 'ended':
      return revoked(verdict.reason);
    // What the token is worth now, whoever shows it: a session may also have ended, or been confirmed, meanwhile.
    case 'step-up':
    case 'gone':
      return verifyAccess(context, token, undefined, { ...options, fresh: true });
  }
}

function admit(
  context: Context,
  token: string,
  { record, current, expiresAt }: Good,
  at: number,
  { slide = true, confirm = true }: VerifyOptions,
  read: Read | undefined,
): ActiveOutcome {
  const touches = slide && isTouchDue(record, at);
  const confirms = confirm && current && isConfirmationDue(record);
  if (touches || confirms) {
    const generation = confirms ? record.credentials.generation : null;
    context.touches.add({ id: record.id, at, slide: touches, confirm: generation });
  }
  const slid = touches && record.windows.refresh === null;
  const shown = slid ? slideAccess(record, at) : record;
  const until = slid ? shown.credentials.accessExpiresAt : expiresAt;
  const outcome: ActiveOutcome = {
    status: 'active',
    session: presentSession(shown, true),
    expiresAt: isoTime(until),
    slid,
  };
  // What is about to be written would drop the entry at once.
  if (read?.mayBeKept === true && !touches && !confirms) {
    context.nearCache?.keep(token, record.id, read, admitted(record, current, expiresAt, outcome));
  }
  return outcome;
}

/** The record as the touch will leave it. */
function slideAccess(record: SessionRecord, at: number): SessionRecord {
  const accessExpiresAt = Math.min(at + record.windows.access, record.absoluteExpiresAt);
  return { ...record, lastSeenAt: at, credentials: { ...record.credentials, accessExpiresAt } };
}
