import type { RiskSignalCode } from './risk';

/** What each signal weighs, and from which score on a level begins. */
export interface RiskScale {
  /** What each signal adds at its strongest: 0 to 100; 0 switches it off. */
  readonly weights: Readonly<Record<RiskSignalCode, number>>;
  /** The least score of each level: 1 to 100, rising. */
  readonly thresholds: { readonly low: number; readonly medium: number; readonly high: number };
}

/** As `npm run bench:risk` found them: see docs/act-on-risk.md for what they catch and what they alarm. */
export const defaultRiskScale: RiskScale = Object.freeze({
  weights: Object.freeze({
    new_device: 20,
    new_country: 30,
    new_network: 8,
    impossible_travel: 45,
    user_agent_changed: 50,
    user_agent_downgraded: 30,
    token_reuse: 25,
    grace_replay: 20,
    failures_before_success: 30,
    concurrent_places: 40,
    dormant_account: 15,
    anonymous_address: 20,
  }),
  thresholds: Object.freeze({ low: 20, medium: 45, high: 65 }),
});
