import { type ClientProfile, profileClient } from '../../device/client-profile';
import type { RiskOccasion } from '../../domain/risk';
import type { RiskFacts } from '../../domain/risk-facts';
import type { SessionRecord } from '../../domain/session-record';
import type { RiskSettings } from '../../options/risk';
import type { Context } from '../context';
import { unanswered } from '../hooks';
import { lookUp } from '../locate';
import { act, type UseJudgement, type Verdict } from './act';
import type { ChangedCaller } from './changed-caller';
import { following } from './following';
import { judge } from './judge';
import type { Judged } from './judgements';
import { sightingOf } from './sightings';

/** A use of a session that is to be judged. */
export interface Use extends ChangedCaller {
  readonly occasion: Exclude<RiskOccasion, 'sign-in'>;
  readonly record: SessionRecord;
  /** When it was used before: as early as that can have been. */
  readonly seenAt: number;
  readonly at: number;
  readonly replay: RiskFacts['replay'];
}

/** Whoever makes a use, as far as it could be found out. */
interface Caller {
  readonly profile: ClientProfile;
  /** Nobody could say where they are. */
  readonly failed: boolean;
}

/**
 * Judges a use once for all requests of this process that make it at a time, and acts: a step-up and an end before it answers, what changes
 * nothing for the request behind its back. 2 commands at once, and 1 to write.
 *
 * Where a function of the app's fails, what the others say is acted on, and the caller is no more known than before: whoever came while the
 * resolver was down is judged in full when it is back. Until then once in a few seconds in each process.
 *
 * @throws SessionError `store_unavailable`
 */
export function judgeUse(context: Context, settings: RiskSettings, use: Use): Promise<Verdict> {
  const { record, mark, replay } = use;
  const key = `${record.id} ${mark} ${replay ? record.credentials.generation : ''}`;
  return context.judgements.once(key, () => settle(context, settings, use));
}

async function settle(context: Context, settings: RiskSettings, use: Use): Promise<Judged<Verdict>> {
  const caller = await profileCaller(context, use);
  const { profile } = caller;
  const again = (record: SessionRecord): Promise<UseJudgement> =>
    judgeCaller(context, settings, { ...use, record }, caller);
  const first = await again(use.record);
  const acting = { ...use, profile, again };
  const isGrave = first.action === 'step-up' || first.action === 'revoke';
  if (isGrave) return { verdict: await act(context, acting, first) };
  const behind = (): Promise<Verdict> => act(context, acting, first);
  const { record, mark, replay } = use;
  if (first.failed) return { verdict: { status: 'unsettled' }, behind, rests: replay === null };
  const followed = following(record.profile, { profile, mark, risk: first.risk, isProven: true });
  return { verdict: { status: 'passed', profile: followed }, behind };
}

async function judgeCaller(
  context: Context,
  settings: RiskSettings,
  { occasion, record, seenAt, at, replay, client }: Use,
  { profile, failed }: Caller,
): Promise<UseJudgement> {
  const found = await judge(context, settings, {
    occasion,
    userId: record.profile.userId,
    now: sightingOf(profile, at),
    before: sightingOf(record.profile, Math.min(seenAt, at)),
    failures: 0,
    replay,
    sessionId: record.id,
    client,
  });
  const { risk } = found;
  return { risk, action: settings.onUse?.[risk.level] ?? 'allow', failed: failed || found.failed };
}

async function profileCaller(context: Context, { client }: Use): Promise<Caller> {
  const profile = profileClient(client, context.devices, context.settings.privacy);
  if (profile.location) return { profile, failed: false };
  const location = await lookUp(context, client.ip);
  return location === unanswered ? { profile, failed: true } : { profile: { ...profile, location }, failed: false };
}
