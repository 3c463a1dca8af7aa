import { type Risk, type RiskLevel, type RiskSignal, riskSignalCodes } from '../../domain/risk';
import type { RiskScale } from '../../domain/risk-scale';
import type { RiskFacts } from '../../domain/risk-facts';
import { signals } from './signals';

const mostScore = 100;
const longestSentence = 160;
const looksAtPlaces: readonly string[] = ['impossible_travel', 'concurrent_places'];

/**
 * What the facts are worth, and why: the sum of what each signal adds, 100 at the most. `own`: what the app's signals say of the
 * same facts; they count alike.
 */
export function assessRisk(facts: RiskFacts, scale: RiskScale, own: readonly RiskSignal[] = []): Risk {
  const found = [...withoutEcho(noticed(facts, scale)), ...own].sort((a, b) => b.weight - a.weight);
  const sum = found.reduce((total, { weight }) => total + weight, 0);
  const score = Math.min(sum, mostScore);
  return { score, level: levelOf(score, scale.thresholds), signals: found };
}

/** Two of them look at one fact, a person in two places: the heavier stands for both. */
function withoutEcho(found: readonly RiskSignal[]): RiskSignal[] {
  const looks = found.filter(({ code }) => looksAtPlaces.includes(code));
  const heaviest = looks.reduce<RiskSignal | undefined>(
    (most, one) => (most && most.weight >= one.weight ? most : one),
    undefined,
  );
  return found.filter((signal) => signal === heaviest || !looks.includes(signal));
}

function noticed(facts: RiskFacts, { weights }: RiskScale): RiskSignal[] {
  return riskSignalCodes.flatMap((code) => {
    const finding = weights[code] > 0 ? signals[code](facts) : undefined;
    if (finding === undefined) return [];
    const weight = Math.max(Math.round(weights[code] * finding.strength), 1);
    return [{ code, weight, because: finding.because.slice(0, longestSentence) }];
  });
}

function levelOf(score: number, { low, medium, high }: RiskScale['thresholds']): RiskLevel {
  if (score >= high) return 'high';
  if (score >= medium) return 'medium';
  return score >= low ? 'low' : 'none';
}
