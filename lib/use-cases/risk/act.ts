import type { ClientProfile } from '../../device/client-profile';
import type { EndReason } from '../../domain/end-reason';
import { SessionError } from '../../domain/error';
import type { Risk } from '../../domain/risk';
import type { Profile, SessionRecord } from '../../domain/session-record';
import type { AmendOutcome } from '../../store/outcomes';
import { auditEntry } from '../audit';
import { auditClient } from '../audit-client';
import type { Context } from '../context';
import { endSession } from '../end-session';
import { systemActor } from '../ending';
import { presentEnded, presentSession } from '../present';
import { following } from './following';
import type { Judgement } from './grave';
import type { Use } from './judge-use';
import { isKnown, isNoted, withNote } from './known-callers';

/** What came of a use: for all requests that made it, so it tells of no tokens. `profile`: what the session shows by then. */
export type Verdict =
  | { readonly status: 'passed'; readonly profile: Profile }
  /** It goes on for now, and the session shows what it did: whoever made it was not judged in full. */
  | { readonly status: 'unsettled' }
  /** The session owes a fresh login from now on, or did by then. */
  | { readonly status: 'step-up'; readonly profile: Profile }
  | { readonly status: 'ended'; readonly reason: EndReason }
  /** It has ended meanwhile, or was given other tokens. */
  | { readonly status: 'gone' };

/** What a use was judged to be. */
export interface UseJudgement extends Judgement {
  /** Not everyone who was asked has answered: it may be graver than it looks, and makes nobody known. */
  readonly failed: boolean;
}

/** A use that is acted on. */
export interface Acting extends Use {
  readonly profile: ClientProfile;
  /** Judges it by what the session has become. */
  readonly again: (record: SessionRecord) => Promise<UseJudgement>;
}

// Each turn means that another write changed the same session in between.
const maxTurns = 5;

/**
 * Writes what was judged, under the version that was judged. Where the session has changed by then it is judged anew, unless
 * another process came first with the same caller: of one change there is one notice and one step-up. What has ended stays ended.
 */
export async function act(context: Context, acting: Acting, first: UseJudgement): Promise<Verdict> {
  let { record } = acting;
  let judgement = first;
  for (let turn = 0; turn < maxTurns; turn++) {
    if (judgement.action === 'revoke') return end(context, { ...acting, record }, judgement.risk);
    if (judgement.failed && isSaid({ ...acting, record }, judgement)) return { status: 'unsettled' };
    const outcome = await amend(context, { ...acting, record }, judgement);
    if (outcome.status === 'missing') return { status: 'gone' };
    if (outcome.status === 'amended') return tell(context, acting, outcome.record, judgement);
    record = outcome.record;
    if (record.stepUp) return { status: 'step-up', profile: record.profile };
    if (!acting.replay && isKnown(record, acting.mark)) return { status: 'passed', profile: record.profile };
    judgement = await acting.again(record);
  }
  throw new SessionError('store_unavailable', { detail: 'The session kept changing while its use was judged.' });
}

/** Whether an unfinished judgement leaves nothing to write: it will be made again and again, and its notice is given once. */
function isSaid({ record, mark, replay }: Acting, { action }: Judgement): boolean {
  return action === 'allow' || (action === 'notify' && replay === null && isNoted(record, mark));
}

async function amend(
  context: Context,
  { record, profile, mark }: Acting,
  { risk, action, failed }: UseJudgement,
): Promise<AmendOutcome> {
  const { id, version, data, trusted } = record;
  const write = await context.time.stamp();
  const event = action === 'step-up' ? 'step_up_required' : 'risk_noticed';
  const audit = auditEntry(context.settings, write.at, event, {
    actor: systemActor,
    sessionId: id,
    reason: 'risk',
    ip: profile.ip,
    client: auditClient({ ...profile, risk }),
  });
  const isProven = action !== 'step-up' && !failed;
  const shown = following(record.profile, { profile, mark, risk, isProven });
  return context.store.amend({
    ...write,
    id,
    version,
    profile: failed && action === 'notify' ? { ...shown, risk: withNote(shown.risk!, mark) } : shown,
    data,
    trusted,
    stepUp: record.stepUp || action === 'step-up',
    // Phones change their network all day: a history of two hundred entries is for what matters.
    audit: action === 'allow' ? null : audit,
  });
}

function tell(
  { events }: Context,
  { occasion }: Acting,
  record: SessionRecord,
  { risk, action }: Judgement,
): Verdict {
  const { profile } = record;
  if (action === 'allow') return { status: 'passed', profile };
  const session = presentSession(record);
  events.emit('risk.noticed', { session, userId: session.userId, occasion, risk, action });
  if (action !== 'step-up') return { status: 'passed', profile };
  events.emit('session.step-up-required', { session, occasion, risk });
  return { status: 'step-up', profile };
}

async function end(context: Context, { record, profile, occasion }: Acting, risk: Risk): Promise<Verdict> {
  const { id, credentials } = record;
  const caller = { ip: profile.ip, client: auditClient({ ...profile, risk }) };
  const target = { id, family: credentials.family, reason: 'risk', actor: systemActor, caller };
  const outcome = await endSession(context, target);
  if (outcome.status === 'missing') return { status: 'gone' };
  const { record: ended, changed } = outcome;
  if (changed) {
    const session = presentEnded(ended);
    context.events.emit('risk.noticed', { session, userId: session.userId, occasion, risk, action: 'revoke' });
  }
  return { status: 'ended', reason: ended.ending?.reason ?? 'risk' };
}
