import { type RiskAction, riskActions, type RiskLevel, type RiskSignalCode, riskSignalCodes } from '../domain/risk';
import type { RiskFacts } from '../domain/risk-facts';
import { defaultRiskScale, type RiskScale } from '../domain/risk-scale';
import { optionError, readFunction, refuseUnknown } from './read-options';
import { readDetectors } from './risk-detectors';

/** What is done about a sign-in or a use, by the level of its risk. `none` is always allowed. */
export interface RiskPolicy {
  readonly low?: RiskAction | undefined;
  readonly medium?: RiskAction | undefined;
  readonly high?: RiskAction | undefined;
}

/** From which score on each level begins: whole numbers from 1 to 100, rising. */
export interface RiskThresholds {
  readonly low?: number | undefined;
  readonly medium?: number | undefined;
  readonly high?: number | undefined;
}

/** A signal of the app's own. */
export interface RiskDetector {
  /** `[a-z][a-z0-9_]*`, at most 32 characters, and none of this library's own. */
  readonly code: string;
  /** What it adds to the score, 0 to 100; 20. */
  readonly weight?: number | undefined;
  /**
   * Looks at the facts for one thing: a sentence for a person (no address, no token), or null where there is nothing of it. `weight`: in place of the
   * detector's own. What it throws, and what comes after the store's deadline, leaves the signal out (event `hook.failed`).
   */
  detect(facts: RiskFacts): DetectedRisk | Promise<DetectedRisk>;
}

/** What a {@link RiskDetector} found. */
export type DetectedRisk = { readonly because: string; readonly weight?: number | undefined } | null | undefined;

/** Says whether nobody can tell who is behind an address: a VPN, Tor, a proxy. */
export type IsAnonymous = (ip: string) => boolean | Promise<boolean>;

/** How sign-ins and uses are judged, and what is done about it. `{}` for the defaults. */
export interface RiskOptions {
  /** `allow` low, `notify` of medium, `step-up` on high risk. `revoke` refuses the sign-in. */
  readonly onSignIn?: RiskPolicy | undefined;
  /** The same of renewals and other uses, judged when the client's address or user agent has changed; `revoke` ends the session. false: uses are not judged, and renewals only noted. */
  readonly onUse?: RiskPolicy | false | undefined;
  /** What single signals weigh at their strongest, 0 to 100; 0 switches one off. */
  readonly weights?: Partial<Readonly<Record<RiskSignalCode, number>>> | undefined;
  readonly thresholds?: RiskThresholds | undefined;
  /** Signals of the app's own; at most 16. */
  readonly signals?: readonly RiskDetector[] | undefined;
  /** Asked of each address that is judged; nobody is anonymous unless given. */
  readonly anonymous?: IsAnonymous | undefined;
}

/** What is done at each level. */
export type RiskActions = Readonly<Record<RiskLevel, RiskAction>>;

/** A {@link RiskDetector}, with nothing left out. */
export interface ReadDetector extends RiskDetector {
  readonly weight: number;
}

/** {@link RiskOptions}, parsed. */
export interface RiskSettings {
  readonly onSignIn: RiskActions;
  /** null: uses are not judged. */
  readonly onUse: RiskActions | null;
  readonly scale: RiskScale;
  readonly signals: readonly ReadDetector[];
  readonly anonymous: IsAnonymous | undefined;
}

const names = ['onSignIn', 'onUse', 'weights', 'thresholds', 'signals', 'anonymous'];
const levels = ['low', 'medium', 'high'] as const;
const usualActions: RiskActions = Object.freeze({ none: 'allow', low: 'allow', medium: 'notify', high: 'step-up' });

/** undefined: nothing is judged. */
export function readRisk(input: unknown): RiskSettings | undefined {
  if (input === undefined) return undefined;
  const options = refuseUnknown(input, names, 'risk');
  return Object.freeze({
    onSignIn: readActions(options.onSignIn, 'risk.onSignIn'),
    onUse: options.onUse === false ? null : readActions(options.onUse, 'risk.onUse'),
    scale: Object.freeze({ weights: readWeights(options.weights), thresholds: readThresholds(options.thresholds) }),
    signals: readDetectors(options.signals),
    anonymous: readFunction<IsAnonymous>(options.anonymous, 'risk.anonymous'),
  });
}

function readActions(input: unknown, where: string): RiskActions {
  const given = refuseUnknown(input, levels, where);
  const actions: Record<RiskLevel, RiskAction> = { ...usualActions };
  for (const level of levels) {
    const action = given[level];
    if (action === undefined) continue;
    if (!isAction(action))
      throw optionError(`${where}.${level}`, "'allow', 'notify', 'step-up' or 'revoke'", action);
    actions[level] = action;
  }
  return Object.freeze(actions);
}

function isAction(value: unknown): value is RiskAction {
  return (riskActions as readonly unknown[]).includes(value);
}

function readWeights(input: unknown): RiskScale['weights'] {
  const given = refuseUnknown(input, riskSignalCodes, 'risk.weights');
  const weights = { ...defaultRiskScale.weights };
  for (const code of riskSignalCodes) {
    if (given[code] !== undefined) weights[code] = readScore(given[code], `risk.weights.${code}`, 0);
  }
  return Object.freeze(weights);
}

function readThresholds(input: unknown): RiskScale['thresholds'] {
  const given = refuseUnknown(input, levels, 'risk.thresholds');
  const thresholds = { ...defaultRiskScale.thresholds };
  for (const level of levels) {
    if (given[level] !== undefined) thresholds[level] = readScore(given[level], `risk.thresholds.${level}`, 1);
  }
  if (thresholds.low < thresholds.medium && thresholds.medium < thresholds.high) return Object.freeze(thresholds);
  const rising = `three that rise (low ${thresholds.low}, medium ${thresholds.medium}, high ${thresholds.high} do not)`;
  throw optionError('risk.thresholds', rising, input);
}

function readScore(value: unknown, option: string, least: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= 100) return value;
  throw optionError(option, `a whole number from ${least} to 100`, value);
}
