import type { Client } from '../../domain/client';
import { freeze } from '../../domain/freeze';
import type { Risk, RiskSignal } from '../../domain/risk';
import type { RiskFacts } from '../../domain/risk-facts';
import type { SessionId } from '../../domain/session-id';
import type { RiskSettings } from '../../options/risk';
import { assessRisk } from '../../policies/risk/assess';
import type { Context } from '../context';
import { unanswered } from '../hooks';
import { isAnonymous } from './anonymous';
import { ownSignals } from './own-signals';
import { readPast } from './past';

/** What is to be judged, as far as it is at hand. */
export interface Case extends Pick<RiskFacts, 'occasion' | 'userId' | 'now' | 'before' | 'failures' | 'replay'> {
  /** The session that is judged. */
  readonly sessionId: SessionId | null;
  readonly client: Client | undefined;
}

/** What came of a judgement. */
export interface Found {
  readonly risk: Risk;
  /** The same where the history holds nothing but sign-ins that nobody confirmed: this one is no more the user's than they were. Else null. */
  readonly doubted: Risk | null;
  /** A function of the app's did not answer: what it knows is missing. */
  readonly failed: boolean;
}

const doubt: RiskSignal = Object.freeze({
  code: 'unconfirmed_sign_ins',
  weight: 100,
  because: 'the history holds no sign-in of this user that was let in and not disowned',
});

const noSignals = Object.freeze({ signals: [], failed: false });

/**
 * Gathers what is known of the user, and judges. 2 commands at once; then the app's own signals, all at once.
 *
 * @throws SessionError `store_unavailable`: who cannot be judged is not let in
 */
export async function judge(context: Context, settings: RiskSettings, asked: Case): Promise<Found> {
  const { sessionId: except, client, ...known } = asked;
  const { userId, now } = known;
  const [{ isDoubtful, ...past }, anonymous] = await Promise.all([
    readPast(context, { userId, except, at: now.at }),
    isAnonymous(context, settings, { userId, ip: client?.ip }),
  ]);
  const facts: RiskFacts = { ...known, ...past, isAnonymous: anonymous === true };
  const { signals, scale } = settings;
  const own = signals.length === 0 ? noSignals : await ownSignals(context, signals, freeze(facts));
  const doubted = isDoubtful && past.others.length === 0 ? assessRisk(facts, scale, [...own.signals, doubt]) : null;
  const failed = anonymous === unanswered || own.failed;
  return { risk: assessRisk(facts, scale, own.signals), doubted, failed };
}
