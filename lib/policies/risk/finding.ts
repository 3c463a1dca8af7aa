import type { RiskFacts } from '../../domain/risk-facts';

/** What one signal makes of the facts. */
export interface Finding {
  /** Above 0, up to 1: the share of the signal's weight that counts. */
  readonly strength: number;
  /** For a person: what was compared with what. */
  readonly because: string;
}

/** A rule that looks at the facts for one thing; undefined: there is nothing of it. Facts that are missing are nothing. */
export type Signal = (facts: RiskFacts) => Finding | undefined;
