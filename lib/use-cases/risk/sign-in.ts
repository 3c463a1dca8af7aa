import type { Client } from '../../domain/client';
import { SessionError } from '../../domain/error';
import type { Risk } from '../../domain/risk';
import { userKey } from '../../domain/session-id';
import type { SessionView } from '../../domain/session-view';
import type { RiskSettings } from '../../options/risk';
import { auditEntry } from '../audit';
import { auditClient } from '../audit-client';
import type { Context } from '../context';
import { userActor } from '../ending';
import type { SessionDraft } from '../new-session';
import type { CreateOutcome } from '../outcomes';
import { gravest, type Judgement } from './grave';
import { judge } from './judge';
import { sightingOf } from './sightings';

const occasion = 'sign-in';

/** Who signs in, beside what the draft keeps of them. */
interface SigningIn {
  readonly client: Client | undefined;
  /** Failed logins of the account since its last success. */
  readonly failures: number;
}

/** Judges a sign-in before anything of it is stored. @throws SessionError `store_unavailable` */
export async function judgeSignIn(
  context: Context,
  settings: RiskSettings,
  { profile }: SessionDraft,
  { client, failures }: SigningIn,
): Promise<Judgement> {
  const now = sightingOf(profile, await context.time.at());
  const { userId } = profile;
  const asked = { occasion, userId, now, before: null, failures, replay: null, sessionId: null, client } as const;
  const { risk, doubted } = await judge(context, settings, asked);
  const judgement = { risk, action: settings.onSignIn[risk.level] };
  if (!doubted) return judgement;
  const action = settings.onSignIn[doubted.level];
  // Enough to ask for a fresh login; to be refused for having been refused would never end.
  return gravest(judgement, { risk: doubted, action: action === 'revoke' ? 'step-up' : action });
}

/** Whether a sign-in is taken for its user's. */
export function isProven(judgement: Judgement | undefined): boolean {
  return judgement?.action !== 'step-up' && judgement?.action !== 'revoke';
}

/** The draft of a sign-in as it was judged. */
export function judgedDraft(draft: SessionDraft, { risk, action }: Judgement): SessionDraft {
  const { profile } = draft;
  return { ...draft, stepUp: action === 'step-up', profile: { ...profile, risk: { ...risk, known: [] } } };
}

/**
 * Refuses a sign-in that was under way since `since`, and leaves a trace of it. Whoever tried learns no reason: they may hold nothing but the
 * password.
 */
export async function refuseSignIn(
  context: Context,
  { profile, startedAt }: SessionDraft,
  { risk, since }: { readonly risk: Risk; readonly since: number },
): Promise<Extract<CreateOutcome, { readonly status: 'sign-in-refused' }>> {
  const { userId, ip, device } = profile;
  const write = await context.time.stamp();
  const audit = auditEntry(context.settings, write.at, 'sign_in_refused', {
    actor: userActor,
    sessionId: null,
    reason: 'risk',
    ip,
    client: auditClient({ ...profile, risk }),
    subject: userId,
  });
  await context.store.note({
    ...write,
    user: userKey(userId),
    startedAt: Math.min(startedAt ?? since, since),
    audit,
  });
  context.events.emit('risk.noticed', { session: null, userId, occasion, risk, action: 'revoke' });
  context.events.emit('sign-in.refused', { userId, risk, device, ip, location: profile.location });
  return { status: 'sign-in-refused', error: new SessionError('sign_in_refused') };
}

/** Tells of a sign-in that was let in and is not as usual. */
export function tellOfSignIn(
  { events }: Pick<Context, 'events'>,
  session: SessionView,
  { risk, action }: Judgement,
): void {
  if (action === 'allow') return;
  events.emit('risk.noticed', { session, userId: session.userId, occasion, risk, action });
  if (action === 'step-up') events.emit('session.step-up-required', { session, occasion, risk });
}
