import { type ClientProfile, profileClient } from '../../device/client-profile';
import type { RiskOccasion } from '../../domain/risk';
import type { RiskFacts } from '../../domain/risk-facts';
import type { SessionRecord } from '../../domain/session-record';
import type { RiskSettings } from '../../options/risk';
import type { Context } from '../context';
import { locate } from '../locate';
import { act, type Verdict } from './act';
import type { ChangedCaller } from './changed-caller';
import { following } from './following';
import type { Judgement } from './grave';
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

/**
 * Judges a use once for all requests of this process that make it at a time, and acts: a step-up and an end before it answers, what changes
 * nothing for the request behind its back. 2 commands at once, and 1 to write.
 *
 * @throws SessionError `store_unavailable`
 */
export function judgeUse(context: Context, settings: RiskSettings, use: Use): Promise<Verdict> {
  const { record, mark, replay } = use;
  const key = `${record.id} ${mark} ${replay ? record.credentials.generation : ''}`;
  return context.judgements.once(key, () => settle(context, settings, use));
}

async function settle(context: Context, settings: RiskSettings, use: Use): Promise<Judged<Verdict>> {
  const profile = await profileCaller(context, use);
  const again = (record: SessionRecord): Promise<Judgement> =>
    judgeCaller(context, settings, { ...use, record }, profile);
  const first = await again(use.record);
  const acting = { ...use, profile, again };
  const isGrave = first.action === 'step-up' || first.action === 'revoke';
  if (isGrave) return { verdict: await act(context, acting, first) };
  const { record, mark } = use;
  const followed = following(record.profile, { profile, mark, risk: first.risk, isProven: true });
  return {
    verdict: { status: 'passed', profile: followed },
    behind: () => act(context, acting, first),
  };
}

async function judgeCaller(
  context: Context,
  settings: RiskSettings,
  { occasion, record, seenAt, at, replay, client }: Use,
  profile: ClientProfile,
): Promise<Judgement> {
  const { risk } = await judge(context, settings, {
    occasion,
    userId: record.profile.userId,
    now: sightingOf(profile, at),
    before: sightingOf(record.profile, Math.min(seenAt, at)),
    failures: 0,
    replay,
    sessionId: record.id,
    client,
  });
  return { risk, action: settings.onUse?.[risk.level] ?? 'allow' };
}

async function profileCaller(context: Context, { client }: Use): Promise<ClientProfile> {
  const profile = profileClient(client, context.devices, context.settings.privacy);
  return profile.location ? profile : { ...profile, location: await locate(context, client.ip) };
}
