// The options know it too, for the signals of an app's own.
export type { RiskFacts } from '../../domain/risk-facts';
