import { profileClient } from '../../device/client-profile';
import type { Client } from '../../domain/client';
import type { RiskSettings } from '../../options/risk';
import type { Context } from '../context';
import { placeDraft } from '../locate';
import type { SessionDraft } from '../new-session';
import { gravest, type Judgement } from './grave';
import { judgedDraft, judgeSignIn } from './sign-in';

interface Resumed {
  readonly draft: SessionDraft;
  readonly judgement: Judgement;
}

/**
 * Judges a sign-in again that a limit stopped, by whoever goes on with it and by what the user has done meanwhile. What the first judgement
 * found stays: to be stopped and to go on from elsewhere is no way around it.
 */
export async function judgeResumed(
  context: Context,
  settings: RiskSettings,
  stopped: SessionDraft,
  client: Client | undefined,
): Promise<Resumed> {
  const draft = client ? await draftOf(context, stopped, client) : stopped;
  const again = await judgeSignIn(context, settings, draft, { client, failures: 0 });
  const judgement = gravest(again, judgementOf(settings, stopped) ?? again);
  return { draft: judgedDraft(draft, judgement), judgement };
}

/** The session is whoever's it becomes: it shows their place and device. */
async function draftOf(context: Context, stopped: SessionDraft, client: Client): Promise<SessionDraft> {
  const { devices, settings } = context;
  const { deviceId, ip, userAgent } = stopped.profile;
  const caller = profileClient({ ...client, ...(deviceId !== null && { deviceId }) }, devices, settings.privacy);
  // Only what is kept whole tells that nothing has changed.
  const isSame = settings.privacy.ip === 'full' && caller.ip === ip && caller.userAgent === userAgent;
  if (isSame) return stopped;
  return placeDraft(context, { ...stopped, profile: { ...stopped.profile, ...caller } }, client);
}

/** What it was judged to be; undefined where it was stopped before risk was judged. */
function judgementOf(settings: RiskSettings, { profile: { risk }, stepUp }: SessionDraft): Judgement | undefined {
  return risk ? { risk, action: stepUp ? 'step-up' : settings.onSignIn[risk.level] } : undefined;
}
