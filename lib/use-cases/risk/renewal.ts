import { clientMark } from '../../device/client-mark';
import type { ClientProfile } from '../../device/client-profile';
import type { Client } from '../../domain/client';
import type { Risk } from '../../domain/risk';
import type { RiskFacts } from '../../domain/risk-facts';
import type { SessionRecord } from '../../domain/session-record';
import type { ManagerSettings } from '../../options/manager-options';
import { assessRisk } from '../../policies/risk/assess';
import type { Context } from '../context';
import type { Verdict } from './act';
import { isKnown } from './known-callers';
import { judgeUse } from './judge-use';
import { sightingOf } from './sightings';

interface Renewal {
  readonly record: SessionRecord;
  readonly client: Client | undefined;
  readonly at: number;
  readonly seenAt: number;
  readonly replay: RiskFacts['replay'];
}

/**
 * Judges an exchange of a refresh token whose bearer is not known to the session, or who repeats it as a lost reply would not. undefined: nothing
 * to judge, and the session keeps its last judgement. A session that owes a fresh login is not judged before there was one.
 */
export async function judgeRenewal(
  context: Context,
  { record, client, ...renewal }: Renewal,
): Promise<Verdict | undefined> {
  const { risk } = context.settings;
  if (!risk || client === undefined || record.stepUp) return undefined;
  const mark = clientMark(record.id, client, context.settings.privacy.ip);
  if (renewal.replay === null && isKnown(record, mark)) return undefined;
  return judgeUse(context, risk, { ...renewal, occasion: 'renewal', record, client, mark });
}

/**
 * When a session was last used before the renewal that `record` shows, as early as that can have been: the renewal itself has overwritten it. Its
 * last access token was good from the renewal before until it ran out, or until now.
 */
export function seenBeforeRenewal({ credentials, windows, createdAt }: SessionRecord, at: number): number {
  const { parent } = credentials;
  const until = parent ? Math.min(parent.accessExpiresAt, at) : at;
  return Math.max(until - windows.access, createdAt);
}

/** What a spent token and its bearer show by themselves: nothing may hold up the end of a session that was stolen. */
export function assessReuse(
  { risk }: ManagerSettings,
  { record, profile, at }: { record: SessionRecord; profile: ClientProfile | undefined; at: number },
): Risk | null {
  if (!risk) return null;
  const before = sightingOf(record.profile, record.lastSeenAt);
  const facts: RiskFacts = {
    occasion: 'renewal',
    userId: record.profile.userId,
    now: profile ? sightingOf(profile, at) : { ...before, at },
    before,
    signIns: [],
    others: [],
    failures: 0,
    tokenReusedAt: at,
    replay: null,
    isAnonymous: false,
  };
  return assessRisk(facts, risk.scale);
}
