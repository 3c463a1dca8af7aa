import { type Risk, type RiskAction, riskActions } from '../../domain/risk';

/** A judgement and what follows from it. */
export interface Judgement {
  readonly risk: Risk;
  readonly action: RiskAction;
}

/** Of two judgements of one sign-in what is graver in each: nobody gets past the first by being judged again. */
export function gravest(a: Judgement, b: Judgement): Judgement {
  const isGraver = riskActions.indexOf(a.action) >= riskActions.indexOf(b.action);
  return { risk: a.risk.score > b.risk.score ? a.risk : b.risk, action: isGraver ? a.action : b.action };
}
